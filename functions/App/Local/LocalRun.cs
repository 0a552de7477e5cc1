using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Local;

/// <summary>Counts what a local run has done.</summary>
internal sealed class LocalRun : ICycleObserver
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, TargetTally> _targets = new(StringComparer.Ordinal);

    public IReadOnlyList<TargetTally> Targets
    {
        get
        {
            lock (_gate)
            {
                return [.. _targets.Values];
            }
        }
    }

    public void Observe(TickReport tick)
    {
        lock (_gate)
        {
            foreach (var report in tick.Targets)
            {
                _targets[report.Target.Key] = (_targets.GetValueOrDefault(report.Target.Key) ?? new TargetTally(report.Target)).Add(report);
            }
        }
    }

    /// <summary>What a run has done with one target.</summary>
    internal sealed record TargetTally(TargetId Target)
    {
        public int Decisions { get; init; }

        public int ScaledOut { get; init; }

        public int ScaledIn { get; init; }

        /// <summary>Writes of a size, and of batches of it.</summary>
        public int Resized { get; init; }

        public int Failed { get; init; }

        public int Current { get; init; }

        public int Goal { get; init; }

        public string LastReason { get; init; } = "";

        public DateTimeOffset At { get; init; }

        public int Writes => ScaledOut + ScaledIn + Resized;

        public TargetTally Add(TargetReport report) => report.Kind switch
        {
            ReportKind.Settled or ReportKind.Rested => this,
            ReportKind.ActionFailed or ReportKind.Error => this with { Failed = Failed + 1, LastReason = report.Text, At = report.At },
            _ when report.IsOfSize => this with
            {
                Resized = Resized + (report.Kind == ReportKind.Resized ? 1 : 0),
                LastReason = report.Text,
                At = report.At,
            },
            _ => this with
            {
                Decisions = Decisions + 1,
                ScaledOut = ScaledOut + (report.Kind == ReportKind.ScaledOut ? 1 : 0),
                ScaledIn = ScaledIn + (report.Kind == ReportKind.ScaledIn ? 1 : 0),
                Current = report.Current,
                Goal = report.Goal,
                LastReason = report.Text,
                At = report.At,
            },
        };
    }
}
