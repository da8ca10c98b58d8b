"""What a constraint cannot say: versions without gaps, and a subject that never changes."""

from django.db import migrations

BEWAKING = """
create function klanten_versie_zonder_gat() returns trigger language plpgsql as $$
begin
    if new.versie <> 1 + coalesce(
        (select max(versie) from klanten_gebeurtenis where onderwerp = new.onderwerp), 0
    ) then
        raise unique_violation using
            message = 'een versie volgt op de vorige', constraint = 'versies_zonder_gaten';
    end if;
    return new;
end $$;
create trigger versies_zonder_gaten before insert on klanten_gebeurtenis
    for each row execute function klanten_versie_zonder_gat();

create function klanten_klant_bewaakt() returns trigger language plpgsql as $$
begin
    if new.versie not in (old.versie, old.versie + 1) then
        raise check_violation using
            message = 'een versie volgt op de vorige', constraint = 'klant_versie_zonder_gat';
    end if;
    if old.subjectsoort <> '' and (old.subjectsoort, old.subject_index, old.bronorganisatie)
        is distinct from (new.subjectsoort, new.subject_index, new.bronorganisatie)
    then
        raise check_violation using
            message = 'een klant houdt haar subject', constraint = 'subject_verandert_nooit';
    end if;
    return new;
end $$;
create trigger klant_bewaakt before update on klanten_klant
    for each row execute function klanten_klant_bewaakt();
"""

WEG = """
drop trigger klant_bewaakt on klanten_klant;
drop function klanten_klant_bewaakt();
drop trigger versies_zonder_gaten on klanten_gebeurtenis;
drop function klanten_versie_zonder_gat();
"""


class Migration(migrations.Migration):
    dependencies = [("klanten", "0001_initial")]
    operations = [migrations.RunSQL(BEWAKING, WEG)]
