import './app.js'

document.body.append(document.createElement('console-app'))
