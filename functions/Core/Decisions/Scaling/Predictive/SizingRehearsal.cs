using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>
/// Leads a fleet through the last days once for every choice there is, and tells which would have been worth most. The
/// quantile is found, not given: it is the one at which one more instance costs as much as the short minutes it saves.
/// </summary>
internal sealed class SizingRehearsal
{
    /// <summary>Quantiles of the error that are tried as offsets.</summary>
    private static readonly double[] Levels =
        [0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.993, 0.996, 0.998, 0.999];

    private static readonly int[] Steps = [1, -1];

    // Of all models the few that look best by their mean wish are rehearsed.
    private const int Finalists = 4;
    private const int RankStride = 3;
    private const int RankHold = 3;

    private readonly PredictiveSizingSettings _settings;
    private readonly int _lead;
    private readonly double _rankQuantile;
    private readonly double[] _scales;
    private readonly double[] _errors;
    private readonly int[] _wishes;
    private readonly PaceRehearsal _paces;
    private readonly int[] _starts;
    private readonly (double MeanWish, LevelModel Model)[] _ranks = new (double, LevelModel)[LevelModel.All.Count];

    public SizingRehearsal(PredictiveSizingSettings settings, int historyMinutes)
    {
        _settings = settings;
        _lead = settings.BootMinutes + settings.LagMinutes;

        // About where the price of shortage will put the quantile: only to see which models are worth a rehearsal.
        _rankQuantile = 1 - Math.Clamp(0.25 / settings.ShortagePrice, 0.004, 0.2);
        _scales = new double[historyMinutes];
        _errors = new double[historyMinutes];
        _wishes = new int[historyMinutes];
        _paces = new PaceRehearsal(settings, historyMinutes);
        _starts = [.. settings.Paces.Select(_ => Math.Max(0, Array.FindIndex(Levels, level => level >= _rankQuantile)))];
    }

    /// <summary>Chooses what would have been best over the last minutes.</summary>
    /// <param name="models">What each model said.</param>
    /// <param name="load">The load, the latest last.</param>
    /// <param name="needed">Whole instances each minute of the load needed.</param>
    /// <param name="minutes">How many of the last minutes to rehearse.</param>
    public SizingChoice Choose(LevelModels models, ReadOnlySpan<double> load, ReadOnlySpan<double> needed, int minutes)
    {
        load = load[^minutes..];
        needed = needed[^minutes..];
        Rank(models, load);
        var best = double.PositiveInfinity;
        var (chosen, chosenOffset, chosenPace) = (default(LevelModel), 0d, 0);
        Span<int> starts = stackalloc int[_starts.Length];
        _starts.CopyTo(starts);
        foreach (var (_, model) in _ranks.AsSpan(0, Finalists))
        {
            var errors = Errors(models, model, load, stride: 1);
            errors.Sort();
            var centres = models.Centres(model)[^minutes..];
            for (var pace = 0; pace < starts.Length; pace++)
            {
                var (level, worth) = Climb(_settings.Paces[pace], starts[pace], centres, errors, needed);
                if (worth < best)
                {
                    (best, chosen, chosenOffset, chosenPace) = (worth, model, OffsetAt(level, errors), pace);
                    _starts[pace] = level;
                }
            }
        }

        return new SizingChoice(chosen, chosenOffset, _settings.Paces[chosenPace]);
    }

    /// <summary>Goes from one quantile to its neighbours as long as that is worth more: the bill rises with it, the shortage falls.</summary>
    private (int Level, double Worth) Climb(
        SizingPace pace, int start, ReadOnlySpan<double> centres, ReadOnlySpan<double> errors, ReadOnlySpan<double> needed)
    {
        var level = start;
        var worth = _paces.Rehearse(pace, Wishes(centres, OffsetAt(level, errors)), needed, double.PositiveInfinity);
        foreach (var step in Steps)
        {
            var isMoving = true;
            while (isMoving && level + step >= 0 && level + step < Levels.Length)
            {
                var next = _paces.Rehearse(pace, Wishes(centres, OffsetAt(level + step, errors)), needed, worth);
                isMoving = next < worth;
                (level, worth) = isMoving ? (level + step, next) : (level, worth);
            }

            if (level != start)
            {
                break;
            }
        }

        return (level, worth);
    }

    private static double OffsetAt(int level, ReadOnlySpan<double> errors) => errors[(int)(Levels[level] * (errors.Length - 1))];

    private void Rank(LevelModels models, ReadOnlySpan<double> load)
    {
        for (var i = 0; i < _ranks.Length; i++)
        {
            var model = LevelModel.All[i];
            _ranks[i] = (MeanWish(models, model, load), model);
        }

        Array.Sort(_ranks, static (one, other) => one.MeanWish.CompareTo(other.MeanWish));
    }

    private double MeanWish(LevelModels models, LevelModel model, ReadOnlySpan<double> load)
    {
        var isSilent = model.Centre == LoadCentre.Learned && models.BandMinutes < load.Length;
        if (isSilent)
        {
            return double.PositiveInfinity;
        }

        var offset = EmpiricalQuantile.InPlace(Errors(models, model, load, RankStride), _rankQuantile);
        var centres = models.Centres(model)[^load.Length..];
        var sum = 0d;
        var before = 0d;
        for (var i = RankHold; i < load.Length - _lead; i += RankStride)
        {
            // A wish that jumps about costs its higher values, because what is given back is wanted again.
            var wish = centres[i] + (offset * _scales[i]);
            sum += Math.Max(1, Math.Max(wish, before));
            before = wish;
        }

        return sum;
    }

    /// <summary>What came a lead time later, above the centre, in scales. Leaves the scales of the model behind.</summary>
    private Span<double> Errors(LevelModels models, LevelModel model, ReadOnlySpan<double> load, int stride)
    {
        models.CopyScales(model, _scales.AsSpan(0, load.Length));
        var centres = models.Centres(model)[^load.Length..];
        var count = 0;
        for (var i = 0; i < load.Length - _lead; i += stride)
        {
            _errors[count++] = (load[i + _lead] - centres[i]) / _scales[i];
        }

        return _errors.AsSpan(0, count);
    }

    private ReadOnlySpan<int> Wishes(ReadOnlySpan<double> centres, double offset)
    {
        for (var i = 0; i < centres.Length; i++)
        {
            _wishes[i] = PredictiveSizing.Whole(centres[i] + (offset * _scales[i]));
        }

        return _wishes.AsSpan(0, centres.Length);
    }
}
