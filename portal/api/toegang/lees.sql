-- Eén klant met alles wat zij gaf, als één JSON-document; de voorwaarde komt erachter.
select (to_jsonb(k) || jsonb_build_object(
    'naam', (select to_jsonb(n) from klanten_naam n where n.klant_id = k.id),
    'postadres', (select to_jsonb(p) from klanten_postadres p where p.klant_id = k.id),
    'digitaal', (
        select jsonb_agg(to_jsonb(d) order by d.soort, d.standaard desc, d.gegeven_op, d.id)
        from klanten_digitaaladres d where d.klant_id = k.id),
    'rekeningen', (
        select jsonb_agg(to_jsonb(r)) from klanten_rekeningnummer r where r.klant_id = k.id),
    'voorkeuren', (
        select jsonb_agg(to_jsonb(v) order by v.soort) from klanten_voorkeur v
        where v.klant_id = k.id)
))::text
from klanten_klant k
where k.bronorganisatie = %(organisatie)s
