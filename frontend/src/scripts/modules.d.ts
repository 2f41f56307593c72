// GOV.UK Frontend ships no types; this is the part of it we call.
declare module "govuk-frontend" {
  export function initAll(): void;
}
