-- Wie wat mag in de databank (docs/besluiten/0131). Eén keer, vóór de eerste migratie, als superuser:
--   psql -d portaal -f rollen.sql
-- De wachtwoorden staan in de omgeving. Nog eens draaien mag altijd.
\set ON_ERROR_STOP on
\getenv eigenaar EIGENAAR_WACHTWOORD
\getenv web WEB_WACHTWOORD
\getenv werker WERKER_WACHTWOORD

select format('create role %I', naam)
  from unnest(array['portaal_eigenaar', 'portaal_web', 'portaal_werker']) naam
 where not exists (select from pg_roles where rolname = naam)
\gexec
alter role portaal_eigenaar login nosuperuser nocreatedb nocreaterole noreplication password :'eigenaar';
alter role portaal_web login nosuperuser nocreatedb nocreaterole noreplication password :'web';
alter role portaal_werker login nosuperuser nocreatedb nocreaterole noreplication password :'werker';

-- De eigenaar maakt en verandert tabellen; de andere twee vullen ze.
alter database :"DBNAME" owner to portaal_eigenaar;
revoke all on database :"DBNAME" from public;
grant connect on database :"DBNAME" to portaal_web, portaal_werker;
grant usage on schema public to portaal_web, portaal_werker;
alter default privileges for role portaal_eigenaar in schema public
  grant select, insert, update, delete on tables to portaal_web, portaal_werker;
alter default privileges for role portaal_eigenaar in schema public
  grant usage, select on sequences to portaal_web, portaal_werker;
grant select, insert, update, delete on all tables in schema public to portaal_web, portaal_werker;
grant usage, select on all sequences in schema public to portaal_web, portaal_werker;

-- Anders verbergt PostgreSQL de transacties van anderen voor de wacht (portal/webhooks/waak.py).
grant pg_monitor to portaal_werker;

-- Web schrijft het logboek en leest het; alleen de werker haalt oude dagen weg. Bestaat de tabel nog
-- niet, dan doet de migratie die haar maakt dit zelf.
select 'revoke update, delete on logboek_logregel from portaal_web; revoke update on logboek_logregel from portaal_werker'
 where to_regclass('public.logboek_logregel') is not null
\gexec
