namespace ScaleFunctions.Core.Cycle;

/// <summary>An event said that a resource was changed; the next tick looks at it.</summary>
/// <param name="At">When the event happened.</param>
/// <param name="What">What it told, in one sentence.</param>
public sealed record ResourceMark(DateTimeOffset At, string What);
