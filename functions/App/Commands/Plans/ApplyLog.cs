using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>Notes what the ticks of a verb did.</summary>
internal sealed class ApplyLog : ICycleObserver
{
    private readonly Lock _gate = new();
    private readonly List<TargetReport> _reports = [];

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

    public void Observe(TickReport report)
    {
        lock (_gate)
        {
            _reports.AddRange(report.Targets);
        }
    }
}
