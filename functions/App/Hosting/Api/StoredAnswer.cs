namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A call with an idempotency key, and its answer once there is one.</summary>
/// <param name="RequestHash">Hash of method, path and body.</param>
/// <param name="Answer">Absent while the call is under way.</param>
internal sealed record StoredAnswer(string RequestHash, ApiAnswer? Answer)
{
    /// <summary>When the call began, by the clock on the wall; absent when it failed, so that it may be made again at once.</summary>
    public DateTimeOffset? BegunAt { get; init; }
}
