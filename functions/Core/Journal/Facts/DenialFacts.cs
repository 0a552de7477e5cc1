namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>That Azure forbids the same write on targets of a subscription, or does not any more.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="ResourceType">The type of what is written.</param>
/// <param name="Code">Azure's code: <c>AuthorizationFailed</c>.</param>
/// <param name="Targets">How many targets it is about.</param>
/// <param name="IsOver">Whether it is over.</param>
public sealed record DenialFacts(string Subscription, string ResourceType, string Code, int Targets, bool IsOver);
