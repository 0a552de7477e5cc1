namespace ScaleFunctions.Sandbox.Billing;

/// <summary>An action group with a webhook.</summary>
/// <param name="Id">Id of Resource Manager.</param>
/// <param name="Webhook">Address on this machine; the simulated Azure calls nobody elsewhere. Absent until it is known.</param>
/// <param name="UsesCommonSchema">Whether it gets the common alert schema, in place of that of budgets.</param>
public sealed record ActionGroupSpec(string Id, Uri? Webhook, bool UsesCommonSchema = false);
