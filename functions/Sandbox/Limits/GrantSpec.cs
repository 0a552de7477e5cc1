namespace ScaleFunctions.Sandbox.Limits;

/// <summary>What a principal may do in a scope and below it. Where an estate has none everybody may do everything.</summary>
/// <param name="Principal">The principal's token.</param>
/// <param name="Scope">Id of a subscription, group or resource.</param>
/// <param name="Actions">What it may.</param>
/// <param name="NotActions">What of that it may not.</param>
public sealed record GrantSpec(string Principal, string Scope, IReadOnlyList<string> Actions, IReadOnlyList<string> NotActions);
