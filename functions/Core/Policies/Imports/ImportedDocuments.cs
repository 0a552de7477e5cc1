using System.Globalization;
using System.Text;
using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Core.Policies.Imports;

/// <summary>Writes what an import came to as documents of policies.</summary>
internal sealed class ImportedDocuments
{
    private readonly StringBuilder _text = new();

    public required string Name { get; init; }

    public required AutoscaleSetting Setting { get; init; }

    /// <summary>The profile whose cooldowns and default hold.</summary>
    public required AutoscaleProfile Usual { get; init; }

    public required (int Least, int Most) Bounds { get; init; }

    public required IReadOnlyList<ImportedFloor> Floors { get; init; }

    public required IReadOnlyList<ImportedSignal> Followed { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public string Write()
    {
        foreach (var note in Notes)
        {
            Line($"# note: {ImportedText.Comment(note)}");
        }

        Begin("Workload", Name);
        Line("  select:");
        Line($"    type: {ImportedText.Quoted(Setting.Target.ResourceType)}");
        Line($"    subscription: {ImportedText.Quoted(Setting.Target.Subscription)}");
        Line($"    resourceGroup: {ImportedText.Quoted(Setting.Target.ResourceGroup)}");
        Line($"    name: {ImportedText.Quoted(Setting.Target.Name)}");
        Line("  mode: observe");
        WriteBounds();
        if (Followed.Count > 0)
        {
            WriteSteps();
        }

        return _text.ToString();
    }

    private void WriteBounds()
    {
        Line("---");
        Begin("HorizontalScaling", $"{Name}-horizontal");
        Line($"  workload: {Name}");
        Line("  instances:");
        Line($"    minimum: {Bounds.Least}");
        Line($"    maximum: {Bounds.Most}");
        if (Usual.Default > Bounds.Least)
        {
            Line($"    whenBlind: {Math.Min(Usual.Default, Bounds.Most)}");
        }

        if (Floors.Count > 0)
        {
            Line("  floors:");
            foreach (var floor in Floors)
            {
                Line($"    - {{ when: {ImportedText.Quoted(floor.When)}, timeZone: {floor.Zone}, minimum: {floor.Minimum} }}");
            }
        }

        WriteDirection("scaleOut", RuleDirection.Increase);
        WriteDirection("scaleIn", RuleDirection.Decrease);
    }

    private void WriteDirection(string field, RuleDirection direction)
    {
        var cooldown = Usual.Rules.Where(rule => rule.Direction == direction).Select(rule => rule.Cooldown).DefaultIfEmpty(TimeSpan.Zero).Max();
        Line($"  {field}: {{ stabilization: 0s, cooldown: {ImportedText.Span(cooldown)}, atMost: {{ instances: {HorizontalScalingPolicy.MostInstances}, per: 1m }} }}");
    }

    private void WriteSteps()
    {
        Line("---");
        Begin("LoadBasedScaling", $"{Name}-load");
        Line($"  workload: {Name}");
        Line("  signals:");
        foreach (var signal in Followed)
        {
            Line($"    - {{ name: {signal.Name}, metric: {ImportedText.Quoted(signal.Rule.Metric)}{Source(signal)}, window: {ImportedText.Span(signal.Rule.Window)} }}");
        }

        Line("  steps:");
        foreach (var signal in Followed)
        {
            foreach (var (threshold, change) in signal.Out)
            {
                Line($"    - {{ signal: {signal.Name}, above: {ImportedText.Number(threshold)}, add: {change} }}");
            }

            if (signal.StepIn is { } step)
            {
                Line($"    - {{ signal: {signal.Name}, below: {ImportedText.Number(step.Threshold)}, remove: {step.Change} }}{(signal.IsOutOnly ? " # no rule in: it agrees as long as it would not scale out" : "")}");
            }
        }
    }

    private static string Source(ImportedSignal signal) => string.Concat(
        signal.Rule.Namespace.Length > 0 ? $", namespace: {ImportedText.Quoted(signal.Rule.Namespace)}" : "",
        signal.Rule.Statistic == SampleStatistic.Sum ? ", aggregation: total" : "",
        signal.IsOwn ? "" : $", resource: {ImportedText.Quoted(signal.Rule.Resource)}");

    private void Begin(string kind, string name)
    {
        Line("apiVersion: scalefunctions/v1");
        Line($"kind: {kind}");
        Line($"metadata: {{ name: {name} }}");
        Line("spec:");
    }

    private void Line(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

    private void Line(string line) => _text.Append(line).Append('\n');
}
