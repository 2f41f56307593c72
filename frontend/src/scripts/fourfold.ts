// What does a page gain when scripts run? It works without all of this.
import { initAll as initGovuk } from "govuk-frontend";
import { foldFiltersOnSmallScreens } from "./filters";
import { printOnRequest } from "./print";
import { letWideTablesBeScrolled } from "./tables";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initGovuk();

foldFiltersOnSmallScreens();
letWideTablesBeScrolled();
printOnRequest();
