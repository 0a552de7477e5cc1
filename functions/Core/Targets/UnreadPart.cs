namespace ScaleFunctions.Core.Targets;

/// <summary>
/// Resources that could not be listed and that nothing depends on, because they are only observed. Nothing is in doubt for them, and
/// that they are not seen is no loss.
/// </summary>
/// <param name="Subscription">Id of the subscription.</param>
/// <param name="ResourceType">ARM type of what is not seen.</param>
/// <param name="Why">For people.</param>
public sealed record UnreadPart(string Subscription, string ResourceType, string Why);
