namespace ScaleFunctions.Core.State;

/// <summary>A ring as it is remembered of a rollout, for people.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Who">Which resources it is made of, in words.</param>
/// <param name="Soak">How long a set must do well for it.</param>
public sealed record RingMark(string Name, string Who, TimeSpan Soak);
