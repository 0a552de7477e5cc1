using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;

namespace ScaleFunctions.Core.Autoscale.Import;

/// <summary>
/// Writes policies that decide as a setting does: bounds and floors of its profiles, steps of its rules. What cannot be said is told
/// line by line, and left out on the safe side.
/// </summary>
public static class AutoscaleImport
{
    private const int LongestName = 40;
    private const int MostInstances = 1000;

    /// <summary>More windows than a person reads, and than a document may hold.</summary>
    private const int MostFloors = 100;

    private const int LongestNote = 300;

    /// <summary>The types that policies select without a declaration.</summary>
    private static readonly string[] Selected = ["Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Web/serverfarms", "Microsoft.Compute/virtualMachines"];

    /// <summary>What a name looks like and YAML reads as something else than a text.</summary>
    private static readonly string[] Words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="setting">The setting.</param>
    /// <param name="settingName">Its name.</param>
    /// <param name="now">Fixed dates that are over by then are not imported.</param>
    public static ImportedPolicies Of(AutoscaleSetting setting, string settingName, DateTimeOffset now)
    {
        setting = TemporaryFloor.Without(setting);
        var notes = new List<string>();
        if (!Selected.Contains(setting.Target.ResourceType, StringComparer.OrdinalIgnoreCase))
        {
            notes.Add($"the type {setting.Target.ResourceType} is none that policies select; declare it by a ResourceKind, or leave it to its autoscale");
        }

        if (!setting.IsEnabled)
        {
            notes.Add("the setting is switched off");
        }

        Predict(setting, notes);
        var usual = Usual(setting, notes);
        var rules = ImportedRules.Of(setting.Target.Value, usual);
        var upcoming = setting.Profiles.Where(profile => profile.When is ProfileTime.Fixed && !IsOver(profile, now)).ToList();
        var lasting = Lasting(setting);
        Compare(usual, [.. lasting, .. upcoming], notes);
        notes.AddRange(setting.Profiles.Where(profile => IsOver(profile, now)).Select(profile => $"profile '{profile.Name}': its fixed date is over"));
        notes.AddRange(rules.Notes);
        var least = Math.Clamp(lasting.Min(profile => profile.Minimum), 1, MostInstances);
        if (lasting.Any(profile => profile.Minimum == 0))
        {
            notes.Add("a minimum of 0 is not possible here; it is 1");
        }

        if (lasting.Any(profile => profile.Maximum > MostInstances))
        {
            notes.Add($"more than {MostInstances} instances are not possible here");
        }

        var most = Math.Clamp(lasting.Max(profile => profile.Maximum), least, MostInstances);
        var floors = Floors(lasting, upcoming, (least, most), notes);
        if (rules.Signals.Count > 0)
        {
            notes.Add("a cooldown holds back scaling in after any change, as there, but scaling out only after scaling out");
        }

        notes.Add($"the workload selects all of its type in the resource group '{setting.Target.ResourceGroup}', because nothing selects by name; narrow it by tags");
        var yaml = Write(setting, NameOf(settingName), usual, rules, (least, most), floors, notes);
        return new ImportedPolicies(yaml, notes);
    }

    /// <summary>Profiles that come back: recurring ones, which leave no time to a default, or else the default.</summary>
    private static List<AutoscaleProfile> Lasting(AutoscaleSetting setting)
    {
        var recurring = setting.Profiles.Where(profile => profile.When is ProfileTime.Recurring).ToList();
        var found = recurring.Count > 0 ? recurring : [.. setting.Profiles.Where(profile => profile.When is ProfileTime.Otherwise).Take(1)];
        return found.Count > 0 ? found : [setting.Profiles[0]];
    }

    /// <summary>The profile whose rules are imported: the default, or its copies that the portal and the command line make for times between others.</summary>
    private static AutoscaleProfile Usual(AutoscaleSetting setting, List<string> notes)
    {
        var lasting = Lasting(setting);
        var unused = setting.Profiles.FirstOrDefault(profile => profile.When is ProfileTime.Otherwise && !lasting.Contains(profile));
        if (unused is not null)
        {
            notes.Add($"profile '{unused.Name}' never holds: a recurring profile lasts until the next one begins");
        }

        return lasting.Find(profile => profile.Name.Contains("\"for\"", StringComparison.Ordinal)) ?? lasting[0];
    }

    private static bool IsOver(AutoscaleProfile profile, DateTimeOffset now) =>
        profile.When is ProfileTime.Fixed time && time.Ends <= Instant.FromDateTimeOffset(now);

    private static void Compare(AutoscaleProfile usual, IReadOnlyList<AutoscaleProfile> others, List<string> notes)
    {
        foreach (var profile in others.Where(other => !ReferenceEquals(other, usual)))
        {
            if (!profile.Rules.SequenceEqual(usual.Rules))
            {
                notes.Add($"profile '{profile.Name}': its rules are others than those of '{usual.Name}', which are imported");
            }

            if (profile.Maximum != usual.Maximum)
            {
                notes.Add($"profile '{profile.Name}': its maximum of {profile.Maximum} is not {usual.Maximum}; a policy has one maximum, and it is the highest that comes back");
            }

            if (profile.Default != usual.Default)
            {
                notes.Add($"profile '{profile.Name}': its default of {profile.Default} is not {usual.Default}, which is imported");
            }
        }
    }

    private static void Predict(AutoscaleSetting setting, List<string> notes)
    {
        if (setting.Predictive == PredictiveScaleMode.Disabled)
        {
            return;
        }

        notes.Add($"Azure's predictive autoscale is {setting.Predictive}; here a PredictiveScaling policy does that, over a LoadBasedScaling with targetTracking in place of steps");
        if (setting.Predictive == PredictiveScaleMode.ForecastOnly)
        {
            notes.Add("lint: predictive autoscale that is ForecastOnly scales nothing");
        }

        if (!setting.Profiles.Any(profile => profile.Rules.Any(rule =>
            rule is { Metric: "Percentage CPU", Direction: RuleDirection.Increase, Statistic: SampleStatistic.Average, Aggregation: WindowAggregation.Average })))
        {
            notes.Add("lint: predictive autoscale needs a rule out on the average Percentage CPU, and there is none");
        }
    }

    private static List<(string When, string Zone, int Minimum)> Floors(
        List<AutoscaleProfile> lasting, List<AutoscaleProfile> upcoming, (int Least, int Most) bounds, List<string> notes)
    {
        var floors = new List<(string, string, int)>();
        var recurring = lasting.FindAll(profile => profile.When is ProfileTime.Recurring);
        var zones = recurring.Select(profile => ((ProfileTime.Recurring)profile.When).Zone).Distinct().ToList();
        var weekly = zones.Count == 1 ? WeeklyFloors.Of(recurring, bounds.Least) : [];
        if (weekly.Count > MostFloors)
        {
            notes.Add($"recurring profiles that begin so often that their minimums would be {weekly.Count} floors: they are not imported");
        }
        else if (zones.Count == 1)
        {
            floors.AddRange(weekly.Select(floor => (floor.When, Iana(zones[0]), Math.Min(floor.Minimum, bounds.Most))));
        }
        else if (zones.Count > 1)
        {
            notes.Add($"recurring profiles of several time zones ({string.Join(", ", zones.Select(Iana))}): their minimums are not imported");
        }

        foreach (var profile in upcoming)
        {
            var time = (ProfileTime.Fixed)profile.When;
            if (profile.Minimum <= bounds.Least)
            {
                notes.Add($"profile '{profile.Name}': a floor only raises, and its minimum of {profile.Minimum} does not");
                continue;
            }

            if (profile.Minimum > bounds.Most)
            {
                notes.Add($"profile '{profile.Name}': its minimum of {profile.Minimum} is above the maximum of {bounds.Most}, which is the floor then");
            }

            floors.Add((string.Create(CultureInfo.InvariantCulture, $"{time.Start:yyyy-MM-dd'T'HH:mm}/{time.End:yyyy-MM-dd'T'HH:mm}"), Iana(time.Zone), Math.Min(profile.Minimum, bounds.Most)));
        }

        return floors;
    }

    private static string Iana(DateTimeZone zone) => zone.Id == "UTC" ? "Etc/UTC" : zone.Id;

    private static string Write(
        AutoscaleSetting setting, string name, AutoscaleProfile usual, ImportedRules rules, (int Least, int Most) bounds,
        List<(string When, string Zone, int Minimum)> floors, List<string> notes)
    {
        var text = new StringBuilder();
        foreach (var note in notes)
        {
            Line($"# note: {OneLine(note)}");
        }

        Line("apiVersion: scalefunctions/v1");
        Line("kind: Workload");
        Line($"metadata: {{ name: {name} }}");
        Line("spec:");
        Line("  select:");
        Line($"    type: {Quoted(setting.Target.ResourceType)}");
        Line($"    subscription: {Quoted(setting.Target.Subscription)}");
        Line($"    resourceGroup: {Quoted(setting.Target.ResourceGroup)}");
        Line("  mode: observe");
        Line("---");
        Line("apiVersion: scalefunctions/v1");
        Line("kind: HorizontalScaling");
        Line($"metadata: {{ name: {name}-horizontal }}");
        Line("spec:");
        Line($"  workload: {name}");
        Line("  instances:");
        Line($"    minimum: {bounds.Least}");
        Line($"    maximum: {bounds.Most}");
        if (usual.Default > bounds.Least)
        {
            Line($"    whenBlind: {Math.Min(usual.Default, bounds.Most)}");
        }

        if (floors.Count > 0)
        {
            Line("  floors:");
            foreach (var (when, zone, minimum) in floors)
            {
                Line($"    - {{ when: {Quoted(when)}, timeZone: {zone}, minimum: {minimum} }}");
            }
        }

        Direction("scaleOut", RuleDirection.Increase);
        Direction("scaleIn", RuleDirection.Decrease);
        if (rules.Signals.Count > 0)
        {
            Steps();
        }

        return text.ToString();

        void Direction(string field, RuleDirection direction)
        {
            var cooldown = usual.Rules.Where(rule => rule.Direction == direction).Select(rule => rule.Cooldown).DefaultIfEmpty(TimeSpan.Zero).Max();
            Line($"  {field}: {{ stabilization: 0s, cooldown: {Span(cooldown)}, atMost: {{ instances: {MostInstances}, per: 1m }} }}");
        }

        void Steps()
        {
            Line("---");
            Line("apiVersion: scalefunctions/v1");
            Line("kind: LoadBasedScaling");
            Line($"metadata: {{ name: {name}-load }}");
            Line("spec:");
            Line($"  workload: {name}");
            Line("  signals:");
            foreach (var signal in rules.Signals)
            {
                Line($"    - {{ name: {signal.Name}, metric: {Quoted(signal.Rule.Metric)}{Source(signal)}, window: {Span(signal.Rule.Window)} }}");
            }

            Line("  steps:");
            foreach (var signal in rules.Signals)
            {
                foreach (var (threshold, change) in signal.Out)
                {
                    Line($"    - {{ signal: {signal.Name}, above: {Number(threshold)}, add: {change} }}");
                }

                if (signal.StepIn is { } step)
                {
                    Line($"    - {{ signal: {signal.Name}, below: {Number(step.Threshold)}, remove: {step.Change} }}{(signal.IsOutOnly ? " # no rule in: it agrees as long as it would not scale out" : "")}");
                }
            }
        }

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Source(ImportedSignal signal) => string.Concat(
        signal.Rule.Namespace.Length > 0 ? $", namespace: {Quoted(signal.Rule.Namespace)}" : "",
        signal.Rule.Statistic == SampleStatistic.Sum ? ", aggregation: total" : "",
        signal.IsOwn ? "" : $", resource: {Quoted(signal.Rule.Resource)}");

    private static string Number(double value) => value.ToString("0.###############", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => span == TimeSpan.Zero ? "0s"
        : span.Seconds == 0 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}m")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalSeconds}s");

    /// <summary>A note holds names that others chose: it stays on the line of its comment.</summary>
    private static string OneLine(string note) => string.Concat(
        note.Take(LongestNote).Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' || char.IsSurrogate(letter) ? ' ' : letter));

    /// <summary>A text as YAML: in double quotes its rules are those of JSON.</summary>
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, Readable.Encoder)}\"";

    private static string NameOf(string text)
    {
        var letters = text.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-').Take(LongestName).ToArray();
        var name = new string(letters).Trim('-');
        return name.Length == 0 ? "imported" : char.IsAsciiDigit(name[0]) || Words.Contains(name, StringComparer.Ordinal) ? $"autoscale-{name}" : name;
    }
}
