// What does a page gain when scripts run? It works without all of this.
import { initAll as initGovuk } from "govuk-frontend";
import { foldFiltersOnSmallScreens } from "./filters";
import { answerKeys } from "./keys";
import { printOnRequest } from "./print";
import { letWideTablesBeScrolled } from "./tables";
import { tellOfUploads } from "./upload";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initGovuk();

foldFiltersOnSmallScreens();
letWideTablesBeScrolled();
printOnRequest();
answerKeys();
tellOfUploads();
