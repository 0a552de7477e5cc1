using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies.Imports;

/// <summary>Makes steps of rules, and says which rules cannot be said.</summary>
internal sealed class ImportedRules
{
    private const int MostInstances = HorizontalScalingPolicy.MostInstances;

    private readonly List<string> _notes = [];
    private readonly List<ImportedSignal> _signals = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _target;

    private ImportedRules(string target) => _target = target;

    public IReadOnlyList<ImportedSignal> Signals => _signals;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Whether a rule is not imported.</summary>
    public bool LeavesOut { get; private set; }

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
            rules.LeavesOut = true;
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
            LeavesOut = true;
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
            _signals.Add(signal = new ImportedSignal(rule, IsOwn(rule)) { Name = ImportedText.Name(rule.Metric, "signal", "signal", _names) });
        }

        // More than there may be comes to the same: the bounds are within what a step may say.
        (rule.Direction == RuleDirection.Increase ? signal.Out : signal.In).Add((rule.Threshold, Math.Min(rule.Value, MostInstances)));
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
        rule.Metric.Length == 0 || !IsText(rule.Metric, TextFields.MaximumLength) || !IsText(rule.Namespace, TextFields.MaximumLength) ? "no policy takes the name of its metric"
        : !IsThreshold(rule.Threshold) ? $"a step is at a value above 0 and at most {ImportedText.Number(LoadBasedScalingBinding.MaximumTarget)}"
        : !IsOwn(rule) && !IsResource(rule.Resource) ? "what its metric is of is no id of a resource"
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

    private static bool IsText(string text, int longest) => text.Length <= longest && text == text.Trim() && !text.Any(char.IsControl);

    private static bool IsResource(string id) => IsText(id, SignalSourceBinding.LongestId) && MonitoredResource.TryParse(id, "", out _);

    /// <summary>As it will be written: what is near enough to nothing is nothing.</summary>
    private static bool IsThreshold(double threshold) =>
        NumberFields.Parse(ImportedText.Number(threshold)) is > 0 and <= LoadBasedScalingBinding.MaximumTarget;

    private static bool IsTowards(AutoscaleRule rule) => rule.Direction == RuleDirection.Increase
        ? rule.Operator is RuleOperator.GreaterThan or RuleOperator.GreaterThanOrEqual
        : rule.Operator is RuleOperator.LessThan or RuleOperator.LessThanOrEqual;

    private bool IsOwn(AutoscaleRule rule) => string.Equals(rule.Resource, _target, StringComparison.OrdinalIgnoreCase);

    private static string Describe(AutoscaleRule rule) => FormattableString.Invariant($"'{rule.Metric} {rule.Operator} {rule.Threshold}'");
}
