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

    /// <summary>Whether callers who ask for changes too often are told to wait; on one's own machine nobody is.</summary>
    public bool AreCallsLimited { get; init; } = true;

    /// <summary>Changes that one caller may ask for at once: a script that pauses a hundred targets passes.</summary>
    public int CallsAtOnce { get; init; } = 120;

    /// <summary>… and, after that, in a second.</summary>
    public int CallsPerSecond { get; init; } = 2;

    /// <summary>Changes that all callers together may ask for at once.</summary>
    public int AllCallsAtOnce { get; init; } = 600;

    /// <summary>… and, after that, in a second.</summary>
    public int AllCallsPerSecond { get; init; } = 10;
}
