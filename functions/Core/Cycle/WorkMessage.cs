namespace ScaleFunctions.Core.Cycle;

/// <summary>A message to a queue-triggered function.</summary>
/// <param name="Kind">Which function it is for; also the queue.</param>
/// <param name="Body">JSON text, at most 48 KiB in UTF-8: what a queue takes after encoding.</param>
/// <param name="VisibleAfter">Not delivered before this has passed; at most seven days.</param>
/// <param name="ExpiresAfter">Dropped when it was not delivered by then; more than <paramref name="VisibleAfter"/>.</param>
public sealed record WorkMessage(WorkKind Kind, string Body, TimeSpan VisibleAfter, TimeSpan ExpiresAfter)
{
    public const int MaximumBytes = 48 * 1024;
}
