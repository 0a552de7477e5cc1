using System.Text;

namespace ScaleFunctions.Core.Cycle;

/// <summary>A message to a queue-triggered function.</summary>
public sealed record WorkMessage
{
    /// <summary>What a queue takes: 64 KiB after base64.</summary>
    public const int MaximumBytes = 48 * 1024;

    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    // Lone surrogates would arrive as other characters than were sent.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="kind">Which function it is for; also the queue.</param>
    /// <param name="body">JSON text, at most <see cref="MaximumBytes"/> in UTF-8.</param>
    /// <param name="visibleAfter">Not delivered before this has passed; at most <see cref="LongestDelay"/>.</param>
    /// <param name="expiresAfter">
    /// Dropped when it was not delivered by then; more than <paramref name="visibleAfter"/>, at most <see cref="LongestLife"/>.
    /// </param>
    /// <exception cref="ArgumentException">No queue could take it.</exception>
    public WorkMessage(WorkKind kind, string body, TimeSpan visibleAfter, TimeSpan expiresAfter)
    {
        var bytes = Strict.GetByteCount(body);
        if (bytes > MaximumBytes)
        {
            throw new ArgumentException($"The message has {bytes} bytes, more than the {MaximumBytes} a queue takes.", nameof(body));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(visibleAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(visibleAfter, LongestDelay);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(expiresAfter, visibleAfter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expiresAfter, LongestLife);
        (Kind, Body, VisibleAfter, ExpiresAfter) = (kind, body, visibleAfter, expiresAfter);
    }

    public WorkKind Kind { get; }

    public string Body { get; }

    public TimeSpan VisibleAfter { get; }

    public TimeSpan ExpiresAfter { get; }
}
