using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>Notes what the ticks of a verb did.</summary>
internal sealed class ApplyLog : ICycleObserver
{
    private readonly Lock _gate = new();
    private readonly List<TargetReport> _reports = [];
    private readonly List<ApplyLine> _failures = [];

    public IReadOnlyList<TargetReport> Reports
    {
        get
        {
            lock (_gate)
            {
                return [.. _reports];
            }
        }
    }

    /// <summary>What failed beside single targets: messages that could not be handled, a tick that was cut short.</summary>
    public IReadOnlyList<ApplyLine> Failures
    {
        get
        {
            lock (_gate)
            {
                return [.. _failures];
            }
        }
    }

    /// <summary>Whether anything was written to Azure.</summary>
    public bool HasActed => Reports.Any(ApplyLine.IsWrite);

    public void Fail(string what, string why, bool isLater)
    {
        lock (_gate)
        {
            _failures.Add(new ApplyLine($"({what})", "", 0, 0, isLater ? "left to later" : "failed", isLater ? ApplyResult.Left : ApplyResult.Failed, why));
        }
    }

    public void Observe(TickReport report)
    {
        lock (_gate)
        {
            _reports.AddRange(report.Targets);
        }
    }
}
