namespace ScaleFunctions.Core.Signals;

/// <summary>Over which time a guard is judged.</summary>
/// <param name="From">What was before does not count.</param>
/// <param name="To">Its end; may lie ahead.</param>
/// <param name="Lasting">How long a breach must last to be no chance.</param>
public sealed record GuardSpan(DateTimeOffset From, DateTimeOffset To, TimeSpan Lasting);
