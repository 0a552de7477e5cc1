namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>A pair of rules of Azure Monitor autoscale on the processor's mean of five minutes.</summary>
public sealed record AzureRuleSettings
{
    /// <summary>CPU above which instances are added, as a share of 1.</summary>
    public required double OutAbove { get; init; }

    /// <summary>CPU below which instances are taken away, as a share of 1.</summary>
    public required double InBelow { get; init; }

    /// <summary>Step out: instances, or with <see cref="IsPercent"/> a share of the fleet.</summary>
    public double Out { get; init; } = 1;

    /// <summary>Step in: instances, or with <see cref="IsPercent"/> a share of the fleet.</summary>
    public double In { get; init; } = 1;

    public bool IsPercent { get; init; }

    /// <summary>The step of the portal's proposal: 70 % and 30 %, one instance at a time.</summary>
    public static AzureRuleSettings ByOne { get; } = new() { OutAbove = 0.70, InBelow = 0.30 };

    /// <summary>70 % and 50 %, a fifth of the fleet out and a tenth in.</summary>
    public static AzureRuleSettings ByShare { get; } = new() { OutAbove = 0.70, InBelow = 0.50, Out = 0.20, In = 0.10, IsPercent = true };
}
