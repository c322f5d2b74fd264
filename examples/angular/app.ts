import { afterNextRender, Component, computed, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core'

@Component({
  selector: 'app-shop',
  // the schema lets `parley-chat` stand in the template
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <main>
      <h1>A page made by Angular</h1>
      <button (click)="parts.set(hasChat() ? ['text'] : ['chat', 'text'])">
        {{ hasChat() ? 'Take the chat away' : 'Bring the chat back' }}
      </button>
      <button (click)="parts.set(parts().toReversed())">Move the chat</button>
      @for (part of parts(); track part) {
        @if (part === 'chat') {
          <parley-chat [color]="color" />
        } @else {
          <p>What the page is about.</p>
        }
      }
    </main>
  `,
})
export class App {
  readonly color = '#7a2048'
  readonly parts = signal(['chat', 'text'])
  readonly hasChat = computed(() => this.parts().includes('chat'))

  constructor() {
    const src = 'http://localhost:8787/widget.js?inbox=demo'
    afterNextRender(() => document.head.append(Object.assign(document.createElement('script'), { src })))
  }
}
