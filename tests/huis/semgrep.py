"""Nothing here runs: what gereedschap/semgrep.yaml must find (`ruleid`), and may leave (`ok`)."""
# ruff: noqa: F821, ERA001


def nummer(wie, request, antwoord):
    bsn = wie.onthul()
    tekst = f"Nummer {bsn}"
    # ruleid: nummer-naar-buiten
    logger.info("klant.gevonden", extra={"wie": tekst})
    # ruleid: nummer-naar-buiten
    messages.error(request, tekst)
    # ruleid: nummer-naar-buiten
    antwoord.headers["X-Wie"] = bsn
    # ruleid: nummer-naar-buiten
    antwoord.set_cookie("wie", bsn)
    # ok: nummer-naar-buiten
    logger.info("klant.gevonden", extra={"wie": pseudoniem(bsn, "log")})
    delen = [bsn]
    # ruleid: nummer-naar-buiten
    reverse("klant", args=delen)
    # ruleid: nummer-naar-buiten
    raise ValueError(tekst)


def getypt(form, antwoord):
    adres = form.cleaned_data["email"].lower()
    # ruleid: getypt-naar-buiten
    log.warning("adres.geweigerd", extra={"adres": adres})
    # ruleid: getypt-naar-buiten
    antwoord.headers["X-Terug"] = adres
    # ok: getypt-naar-buiten
    log.warning("adres.geweigerd")
    # ruleid: getypt-naar-buiten
    raise RuntimeError("geen adres: " + adres)


def sql(request, cursor):
    zoek = "select 1 where naam = '" + request.GET["naam"] + "'"
    # ruleid: vraag-in-sql
    cursor.execute(zoek)
    # ok: vraag-in-sql
    cursor.execute("select 1 where naam = %s", [request.GET["naam"]])


def omleiding(request):
    terug = request.GET.get("next", "/")
    if request.user.is_authenticated:
        # ok: omleiding-uit-vraag
        return redirect(eigen_pagina(terug))
    # ruleid: omleiding-uit-vraag
    return HttpResponseRedirect(terug)
