using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Sandbox;

/// <summary>What a sandbox simulates and how.</summary>
public sealed record SandboxOptions
{
    /// <summary>Port on 127.0.0.1; 0 lets the system pick.</summary>
    public int Port { get; init; }

    /// <summary>The first simulated instant; by default a Monday at midnight.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public EstateSpec Estate { get; init; } = EstateSpec.Default;

    public EstateOptions Behavior { get; init; } = new();

    /// <summary>A minute's metric can be read this long after the minute began.</summary>
    public TimeSpan MetricDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How late, and in what form, it is billed.</summary>
    public BillingOptions Billing { get; init; } = new();

    public ThrottleLimits Throttle { get; init; } = new();

    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    /// <summary>Simulated seconds a real second may have at most; 0 or infinity for no limit.</summary>
    public double Speed { get; init; }

    /// <summary>Scale sets on one page of a list.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Error code of the 409 for a write while an operation is running.</summary>
    public string BusyCode { get; init; } = "OperationNotAllowed";

    /// <summary>Called, and awaited, at each moment of each request to the simulated Azure.</summary>
    public Func<RequestObservation, CancellationToken, ValueTask>? Observer { get; init; }

    /// <summary>Called with each exchange before its answer is sent; what the control interface is asked is not among them.</summary>
    public Action<RecordedExchange>? Recorder { get; init; }

    /// <summary>Real time, which paces the clock.</summary>
    public TimeProvider RealTime { get; init; } = TimeProvider.System;
}
