-- Elke nieuwe regel krijgt hier zijn plaats en zijn schakel; niets wordt later veranderd.
create function logboek_schakel() returns trigger language plpgsql as $$
declare kop record;
begin
    new.dag := (to_timestamp(new.start_ms / 1000.0) at time zone 'UTC')::date;
    loop
        select aantal, hash, opgeruimd_op into kop from logboek_kop
        where organisatie = new.organisatie and dag = new.dag for update;
        exit when found;
        insert into logboek_kop (organisatie, dag, aantal, hash)
        values (new.organisatie, new.dag, 0, decode(repeat('00', 32), 'hex'))
        on conflict do nothing;
    end loop;
    if kop.opgeruimd_op is not null then
        raise exception 'deze dag is afgesloten' using errcode = 'integrity_constraint_violation';
    end if;
    new.volgnummer := kop.aantal + 1;
    new.vorige := kop.hash;
    new.hash := sha256(new.vorige || convert_to(jsonb_build_array(
        new.organisatie, new.dag, new.volgnummer,
        encode(new.trace_id, 'hex'), encode(new.span_id, 'hex'), encode(new.parent_span_id, 'hex'),
        new.status, new.naam, new.start_ms, new.eind_ms, new.activiteit, new.betrokkene,
        new.afnemer, new.afdeling, new.verwerker, new.doel, new.gegevens, new.eigen
    )::text, 'UTF8'));
    update logboek_kop set aantal = new.volgnummer, hash = new.hash
    where organisatie = new.organisatie and dag = new.dag;
    return new;
end $$;

create trigger logboek_schakel before insert on logboek_logregel
for each row execute function logboek_schakel();

-- Wijzigen kan nooit; weghalen alleen per afgesloten dag, door logboek.bewaren.ruim_op.
create function logboek_weiger() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('logboek.opruimen', true) = 'aan' then
        return old;
    end if;
    raise exception 'het logboek kent alleen toevoegen' using errcode = 'insufficient_privilege';
end $$;

create trigger logboek_alleen_toevoegen before update or delete on logboek_logregel
for each row execute function logboek_weiger();

create trigger logboek_niet_legen before truncate on logboek_logregel
for each statement execute function logboek_weiger();

-- De code van de betrokkene: zonder de sleutel van de klant zegt zij niets (C9).
create function logboek_betrokkene(sleutel bytea, klant uuid) returns text
language sql volatile as $$
    select 'v1.' || encode(substr(sha256(
        coalesce(sleutel, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
        || uuid_send(klant)), 1, 16), 'hex')
$$;
