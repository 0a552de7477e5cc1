using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Local;

/// <summary>Counts what a local run has done. Read by the status page while the run goes on.</summary>
internal sealed class LocalRun(string stateDirectory)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, TargetTally> _targets = new(StringComparer.Ordinal);
    private DateTimeOffset _now;
    private int _ticks;

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

    public int Ticks
    {
        get
        {
            lock (_gate)
            {
                return _ticks;
            }
        }
    }

    public void Add(TickReport tick)
    {
        lock (_gate)
        {
            _now = tick.At;
            _ticks++;
            foreach (var report in tick.Targets)
            {
                _targets[report.Target.Key] = (_targets.GetValueOrDefault(report.Target.Key) ?? new TargetTally(report.Target)).Add(report);
            }
        }
    }

    public LocalStatus Status()
    {
        lock (_gate)
        {
            return new LocalStatus(
                _now, _ticks, _targets.Values.Sum(target => target.Decisions), _targets.Values.Sum(target => target.Writes), stateDirectory,
                [.. _targets.Values.Select(target => new LocalTargetStatus(
                    target.Target.Name, target.Current, target.Goal, target.LastReason, target.At))]);
        }
    }

    /// <summary>What a run has done with one target.</summary>
    internal sealed record TargetTally(TargetId Target)
    {
        public int Decisions { get; init; }

        public int ScaledOut { get; init; }

        public int ScaledIn { get; init; }

        public int Failed { get; init; }

        public int Current { get; init; }

        public int Goal { get; init; }

        public string LastReason { get; init; } = "";

        public DateTimeOffset At { get; init; }

        public int Writes => ScaledOut + ScaledIn;

        public TargetTally Add(TargetReport report) => report.Kind switch
        {
            ReportKind.Settled => this,
            ReportKind.ActionFailed or ReportKind.Error => this with { Failed = Failed + 1, LastReason = report.Text, At = report.At },
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
