using System.Text;
using NodaTime;
using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Core.Policies.Imports;

/// <summary>
/// Writes policies that decide as a setting does: bounds and floors of its profiles, steps of its rules. What cannot be said is told
/// line by line, and left out on the safe side. What is written was read by <see cref="PolicyReader"/> first.
/// </summary>
public static class AutoscaleImport
{
    private const int MostInstances = HorizontalScalingPolicy.MostInstances;

    private const string Selection = "'spec.select";

    /// <param name="setting">The setting.</param>
    /// <param name="settingName">Its name.</param>
    /// <param name="now">Fixed dates that are over by then are not imported.</param>
    public static ImportedPolicies Of(AutoscaleSetting setting, string settingName, DateTimeOffset now) =>
        Of(setting, settingName, now, new HashSet<string>(StringComparer.OrdinalIgnoreCase));

    /// <param name="setting">The setting.</param>
    /// <param name="settingName">Its name.</param>
    /// <param name="now">Fixed dates that are over by then are not imported.</param>
    /// <param name="workloads">Names of workloads that stand in the same place; its own joins them.</param>
    internal static ImportedPolicies Of(AutoscaleSetting setting, string settingName, DateTimeOffset now, HashSet<string> workloads)
    {
        setting = TemporaryFloor.Without(setting);
        var notes = new List<string>();
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
        if (rules.LeavesOut)
        {
            notes.Add("what is not imported has to be written by hand, as steps or targetTracking of a LoadBasedScaling, before the workload may act");
        }

        var bounds = Bounds(lasting, notes);
        var floors = ImportedFloors.Of(lasting, upcoming, bounds, notes);
        if (rules.Signals.Count > 0)
        {
            notes.Add("a cooldown holds back scaling in after any change, as there, but scaling out only after scaling out");
        }

        var documents = new ImportedDocuments
        {
            Name = ImportedText.Name(settingName, "imported", "autoscale", workloads),
            Setting = setting,
            Usual = usual,
            Bounds = bounds,
            Floors = floors,
            Followed = rules.Signals,
            Notes = notes,
        };
        return Judged(setting, documents.Write(), notes);
    }

    /// <summary>What no policy can select has no policy. The judge is the code that will read what is written.</summary>
    private static ImportedPolicies Judged(AutoscaleSetting setting, string yaml, List<string> notes)
    {
        var errors = PolicyReader.Read([new PolicyFile("imported.yml", Encoding.UTF8.GetBytes(yaml))]).Errors;
        if (errors.Count == 0)
        {
            return new ImportedPolicies(yaml, notes);
        }

        var ofSelection = errors.Where(error => error.Message.Contains(Selection, StringComparison.Ordinal)).Select(error => error.Message).ToList();
        return ImportedPolicies.Nothing(ofSelection.Count > 0
            ? $"no policy can select {setting.Target}: {string.Join("; ", ofSelection)}. Leave the resource to its autoscale, or declare its type by a ResourceKind and write its policies by hand"
            : $"what would be written is no policy, which is a bug of the program; please report it, and write the policies by hand: {string.Join("; ", errors.Select(error => error.Message))}");
    }

    private static (int Least, int Most) Bounds(List<AutoscaleProfile> lasting, List<string> notes)
    {
        var least = Math.Clamp(lasting.Min(profile => profile.Minimum), 1, MostInstances);
        if (lasting.Any(profile => profile.Minimum == 0))
        {
            notes.Add("a minimum of 0 is not possible here; it is 1");
        }

        if (lasting.Any(profile => profile.Maximum > MostInstances))
        {
            notes.Add($"more than {MostInstances} instances are not possible here");
        }

        return (least, Math.Clamp(lasting.Max(profile => profile.Maximum), least, MostInstances));
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
}
