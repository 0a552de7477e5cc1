namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>
/// Sizes a fleet ahead of its load: a model says where the load will lie when an instance asked for now would serve,
/// an empirical quantile of its past errors is added, and every few hours model, quantile and pace are chosen by
/// rehearsing the last two weeks. It sees a value a minute and nothing of the future; the same loads give the same counts.
/// </summary>
public sealed class PredictiveSizing
{
    private const int HistoryDays = 14;
    private const int HistoryMinutes = HistoryDays * LoadMemory.Day;

    /// <summary>From then on there is a day before this one to compare with.</summary>
    private const int FirstModelMinute = LoadMemory.Day + 12;

    private const int FirstChoiceMinute = FirstModelMinute + 388;
    private const int LevelMinutes = 60;
    private const int FitMinutes = 720;

    /// <summary>The learned band takes part in the choice when it has spoken for this long.</summary>
    private const int LeastBandMinutes = 3 * LoadMemory.Day;

    /// <summary>Full processors hide how much load there is: go up in a jump.</summary>
    private const double Jump = 1.4;

    // Beyond the rehearsed minutes so much is kept that a week before the first of them can be seen.
    private const int MinutesKept = HistoryMinutes + 32;

    private readonly LoadMemory _history = new(MinutesKept);
    private readonly RecentValues _needed = new(MinutesKept);
    private readonly LevelModels _models;
    private readonly SizingRehearsal _rehearsal;
    private readonly int[] _wishes;
    private readonly double[] _scale = new double[1];
    private readonly int _choiceMinutes;
    private SizingChoice? _choice;
    private long _modelMinutes;
    private int _wish = 1;

    public PredictiveSizing(PredictiveSizingSettings settings)
    {
        _models = new LevelModels(settings.BootMinutes + settings.LagMinutes, HistoryMinutes, MinutesKept);
        _rehearsal = new SizingRehearsal(settings, HistoryMinutes);
        _wishes = new int[settings.Paces.Max(pace => pace.HoldMinutes)];
        _choiceMinutes = settings.ChoiceMinutes;
        Pace = settings.Paces[0];
    }

    /// <summary>The pace that is kept at present.</summary>
    public SizingPace Pace { get; private set; }

    /// <summary>Takes the load of the next minute.</summary>
    /// <param name="load">In instances: 1 is what one carries inside its service level.</param>
    /// <param name="serving">Instances that carried it.</param>
    /// <param name="isSaturated">Their processors were full, so the load may have been higher than could be seen.</param>
    public void Observe(double load, int serving, bool isSaturated)
    {
        _history.Add(load);
        _needed.Add(Whole(load) + (isSaturated ? 1 : 0));
        if (_history.Observed >= FirstModelMinute)
        {
            Learn();
        }

        var wish = Whole(Wished());
        _wish = isSaturated ? Math.Max(wish, Whole(serving * Jump)) : wish;
        _wishes[_history.Observed % _wishes.Length] = _wish;
    }

    /// <summary>The count that a fleet shall have from now on.</summary>
    public int Decide(int capacity)
    {
        var highest = _wish;
        var held = Math.Min(Pace.HoldMinutes, _history.Observed);
        for (var ago = 1; ago < held; ago++)
        {
            highest = Math.Max(highest, _wishes[(_history.Observed - ago) % _wishes.Length]);
        }

        return Pace.Next(capacity, _wish, highest);
    }

    /// <summary>Whole instances for a load, at least one, errors of rounding aside.</summary>
    internal static int Whole(double load) => Math.Max(1, (int)Math.Ceiling(load - 1e-9));

    private void Learn()
    {
        var now = _history.Observed;
        if (now % LevelMinutes == 0 || _modelMinutes == 0)
        {
            _models.RefreshLevel(_history);
        }

        _models.Observe(_history);
        _modelMinutes++;
        if (now < FirstChoiceMinute)
        {
            return;
        }

        if (now % FitMinutes == 0)
        {
            _models.Fit();
        }

        if (now % _choiceMinutes == 0)
        {
            Choose();
        }
    }

    private void Choose()
    {
        var spoken = _models.BandMinutes >= LeastBandMinutes ? _models.BandMinutes : _modelMinutes;
        _choice = _rehearsal.Choose(_models, _history.Load, _needed.All, (int)Math.Min(spoken, HistoryMinutes));
        Pace = _choice.Pace;
    }

    private double Wished()
    {
        if (_choice is not { } choice)
        {
            // Nothing is known yet: some room for what the load has done so far.
            var load = _history.Load[^1];
            return load + (0.5 * Math.Sqrt(Math.Max(load, 0))) + (2 * _history.FastVolatility);
        }

        _models.CopyScales(choice.Model, _scale);
        return _models.Centres(choice.Model)[^1] + (choice.Offset * _scale[0]);
    }
}
