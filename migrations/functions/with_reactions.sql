-- The reactions of a message when one actor's are exactly these. What stands keeps its place.
create or replace function with_reactions(reactions jsonb, in_actor_id uuid, emojis text[]) returns jsonb
language sql immutable
as $$
  with said as (
    select r.value ->> 'emoji' as emoji, a.value as actor_id, r.ordinality as place, a.ordinality as turn
    from jsonb_array_elements(reactions) with ordinality r
    cross join lateral jsonb_array_elements_text(r.value -> 'actorIds') with ordinality a
    where a.value <> in_actor_id::text or r.value ->> 'emoji' = any (emojis)
    union all
    select e.emoji, in_actor_id::text, coalesce(r.ordinality, 1000 + e.ordinality), 1000000
    from unnest(emojis) with ordinality e (emoji, ordinality)
    left join jsonb_array_elements(reactions) with ordinality r on r.value ->> 'emoji' = e.emoji
    where r.value is null or not r.value -> 'actorIds' ? in_actor_id::text)
  select coalesce(jsonb_agg(g.wire order by g.place), '[]')
  from (
    select jsonb_build_object('emoji', s.emoji, 'actorIds', jsonb_agg(s.actor_id order by s.turn)) as wire, min(s.place) as place
    from said s
    group by s.emoji) g
$$;
