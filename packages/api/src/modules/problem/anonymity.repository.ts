import sql from 'sql-template-tag'
import { read, type ReadContext } from '#database/read.ts'
import type { Visibility } from '#modules/entry/entry.entity.ts'
import type { Candidate } from '#modules/problem/generalisation.ts'

/**
 * Who could have asked, as others see it: all organisations that somebody has taken over. Within the
 * own association each association is a circle of its own, because its members see that the asker is
 * one of them.
 */
export async function readCircles(
  context: ReadContext,
  organisationId: string,
  visibility: Visibility,
): Promise<Candidate[][]> {
  const within = visibility === 'OWN_ASSOCIATION'
  const rows = await read<Candidate & { circle: string | null }>(
    context,
    sql`with circle as (
        select current_membership.association_id as id from current_membership
          where current_membership.organisation_id = ${organisationId}::uuid and ${within}
        union
        select organisation.id from organisation
          where organisation.id = ${organisationId}::uuid and ${within}
            and organisation.kind like '%-association'
      )
      select circle.id as circle, organisation.fields_of_work as "fieldsOfWork",
        organisation.states, organisation.size_class as "sizeClass", organisation.umbrella
      from organisation
      left join circle on true
      where organisation.claimed and not organisation.is_pseudonym
        and (organisation.merged_on is null or organisation.merged_on > current_date)
        and (circle.id is null or organisation.id = circle.id
          or (organisation.id, circle.id) in (select * from current_membership))`,
  )
  return [...Map.groupBy(rows, ({ circle }) => circle).values()]
}

/** Words by which others would know an organisation: its code, its seat, and what few names contain. */
export async function readTellingWords(
  context: ReadContext,
  organisationId: string,
  fewerThan: number,
): Promise<string[]> {
  const rows = await read<{ word: string }>(
    context,
    sql`with own as (
        select name, code, seat from organisation where id = ${organisationId}::uuid
      )
      select name as word from own
      union select code from own where length(code) > 2
      union select seat from own where length(seat) > 2
      union select word from own, regexp_split_to_table(name, '[^[:alnum:]]+') word
        where length(word) > 3 and (
          select count(*) from organisation other
          where not other.is_pseudonym and position(lower(word) in lower(other.name)) > 0
        ) < ${fewerThan}`,
  )
  return rows.map(({ word }) => word)
}
