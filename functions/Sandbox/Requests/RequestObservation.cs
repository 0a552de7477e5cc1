namespace ScaleFunctions.Sandbox.Requests;

/// <summary>A request at one of its moments, for tests that act exactly then.</summary>
/// <param name="Moment">Which moment.</param>
/// <param name="Sequence">Number of the request, from 1.</param>
/// <param name="At">Simulated time.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Host">Host asked for.</param>
/// <param name="PathAndQuery">Path and query.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Status">Status of the answer; absent before there is one.</param>
public sealed record RequestObservation(
    RequestMoment Moment, long Sequence, DateTimeOffset At, string Method, string Host, string PathAndQuery,
    RequestKind Kind, int? Status);
