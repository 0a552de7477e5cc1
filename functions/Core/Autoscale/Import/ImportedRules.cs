namespace ScaleFunctions.Core.Autoscale.Import;

/// <summary>Makes steps of rules, and says which rules cannot be said.</summary>
internal sealed class ImportedRules
{
    private const int LongestMetric = 256;
    private const double LargestThreshold = 1e15;

    private readonly List<string> _notes = [];
    private readonly List<ImportedSignal> _signals = [];
    private readonly string _target;

    private ImportedRules(string target) => _target = target;

    public IReadOnlyList<ImportedSignal> Signals => _signals;

    public IReadOnlyList<string> Notes => _notes;

    public static ImportedRules Of(string target, AutoscaleProfile profile)
    {
        var rules = new ImportedRules(target);
        var outward = profile.Rules.Where(rule => rule.Direction == RuleDirection.Increase).ToList();
        var inward = profile.Rules.Where(rule => rule.Direction == RuleDirection.Decrease).ToList();
        foreach (var rule in outward)
        {
            rules.Add(rule);
        }

        // All rules in must agree: with one of them missing the rest would lower what Azure keeps.
        if (inward.Select(rules.WhyNot).FirstOrDefault(why => why is not null) is { } reason)
        {
            rules._notes.Add($"rules in: {reason}; as all of them must agree, none is imported and nothing scales in");
            return rules;
        }

        foreach (var rule in inward)
        {
            rules.Add(rule);
        }

        rules.LetAgree();
        return rules;
    }

    private void Add(AutoscaleRule rule)
    {
        if (WhyNot(rule) is { } reason)
        {
            _notes.Add($"rule {Describe(rule)}: {reason}; it is not imported");
            return;
        }

        if (rule.Operator is RuleOperator.GreaterThanOrEqual or RuleOperator.LessThanOrEqual)
        {
            _notes.Add($"rule {Describe(rule)}: the value itself counts there, here only what is beyond it");
        }

        var signal = _signals.Find(each => each.Reads(rule));
        if (signal is null)
        {
            _signals.Add(signal = new ImportedSignal(rule, IsOwn(rule)) { Name = NameFor(rule) });
        }

        (rule.Direction == RuleDirection.Increase ? signal.Out : signal.In).Add((rule.Threshold, rule.Value));
    }

    /// <summary>A signal without a step in keeps the count. Where Azure has no rule in for a metric it has no say, as long as it would not scale out.</summary>
    private void LetAgree()
    {
        if (_signals.TrueForAll(signal => signal.In.Count == 0))
        {
            return;
        }

        var most = _signals.SelectMany(signal => signal.In).Max(step => step.Change);
        foreach (var signal in _signals.Where(signal => signal.In.Count == 0))
        {
            signal.In.Add((signal.Out.Min(step => step.Threshold), most));
            signal.IsOutOnly = true;
        }
    }

    private string? WhyNot(AutoscaleRule rule) =>
        !IsMetric(rule.Metric) || !IsMetric(rule.Namespace) ? "no policy takes the name of its metric"
        : Math.Abs(rule.Threshold) > LargestThreshold ? "its threshold is out of any reach"
        : rule.HasDimensions ? "it looks at some values of a dimension"
        : rule.Change != RuleChange.ChangeCount ? $"a step here adds or removes a number of instances, not {rule.Change}"
        : rule.Value < 1 ? "it changes nothing"
        : rule.Aggregation != WindowAggregation.Average ? $"a signal here is the mean over its window, not the {rule.Aggregation}"
        : !IsTowards(rule) ? $"a step out is above a value and a step in below one, and this one is {rule.Operator}"
        : rule.Statistic == SampleStatistic.Average ? IsOwn(rule) == rule.DividesPerInstance
            ? rule.DividesPerInstance ? "it divides a mean of the instances by their number" : "the metric of another resource is compared as it is, not by instance"
            : null
        : rule.Statistic == SampleStatistic.Sum && rule.DividesPerInstance ? null
        : $"a signal here is no {rule.Statistic} over instances";

    private static bool IsMetric(string name) => name.Length <= LongestMetric && name == name.Trim() && !name.Any(char.IsControl);

    private static bool IsTowards(AutoscaleRule rule) => rule.Direction == RuleDirection.Increase
        ? rule.Operator is RuleOperator.GreaterThan or RuleOperator.GreaterThanOrEqual
        : rule.Operator is RuleOperator.LessThan or RuleOperator.LessThanOrEqual;

    private bool IsOwn(AutoscaleRule rule) => string.Equals(rule.Resource, _target, StringComparison.OrdinalIgnoreCase);

    private string NameFor(AutoscaleRule rule)
    {
        var letters = new string([.. rule.Metric.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-');
        var name = letters.Length is > 0 and <= 40 ? letters : "signal";
        return _signals.Exists(signal => signal.Name == name) ? $"{name}-{_signals.Count + 1}" : name;
    }

    private static string Describe(AutoscaleRule rule) => FormattableString.Invariant($"'{rule.Metric} {rule.Operator} {rule.Threshold}'");
}
