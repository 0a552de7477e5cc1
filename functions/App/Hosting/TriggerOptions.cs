namespace ScaleFunctions.App.Hosting;

/// <summary>Limits of the endpoints.</summary>
internal sealed record TriggerOptions
{
    /// <summary>
    /// A call ends by itself after this. It must stay below <c>functionTimeout</c> in host.json (5 minutes): at that the host
    /// kills the process, with everything else in it. A refresh of forecasts begins nothing in its last minute.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>
    /// A call of the API ends by itself after this. Hosted, an answer has to come within 20 seconds; and no person waits longer.
    /// </summary>
    public TimeSpan ApiDeadline { get; init; } = TimeSpan.FromSeconds(18);

    /// <summary>Calls that work at the same time; the others wait.</summary>
    public int Concurrency { get; init; } = 8;
}
