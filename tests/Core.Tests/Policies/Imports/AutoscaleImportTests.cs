using NodaTime;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Policies.Imports;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Policies;
using static ScaleFunctions.Core.Tests.Builders.SomeAutoscale;

namespace ScaleFunctions.Core.Tests.Policies.Imports;

public sealed class AutoscaleImportTests
{
    private static readonly TargetId Web = PolicyTexts.Target().Id;

    private static readonly DateTimeZone Zurich = WindowsTimeZones.Find("W. Europe Standard Time")!;

    public static TheoryData<string, AutoscaleProfile> Rules { get; } = new()
    {
        { "a pair", Profile(Out(70), In(40)) },
        { "far and near", Profile(Out(60, 1), Out(85, 4), In(35, 2)) },
        { "no margin", Profile(Out(60), In(55, 3)) },
        { "two rules in on one metric", Profile(Out(80), In(50, 3), In(40, 1)) },
        { "out only", Profile(Out(70)) },
        { "in only", Profile(In(30)) },
        { "two metrics", Profile(Out(75), Out(75, 2, "Memory"), In(30), In(50, 2, "Memory")) },
        { "a metric that only scales out", Profile(Out(75), Out(80, 3, "Memory"), In(45, 2)) },
    };

    /// <summary>Both decide on the same loads, on every count within the bounds, when all instances report.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Imported_rules_want_what_the_setting_wants(string name, AutoscaleProfile profile)
    {
        var setting = Setting(profile);
        var policies = Resolve(AutoscaleImport.Of(setting, name, Some.Noon));
        var changes = 0;
        for (var count = profile.Minimum; count <= profile.Maximum; count++)
        {
            for (var load = 33.7; load < 1100; load += 41.3)
            {
                var (cpu, memory) = (Math.Min(100, load / count), Math.Min(100, ((load * 3) % 700) / count));
                var native = AutoscaleEngine.Evaluate(setting, Moment(count, cpu, ("Memory", memory)));
                var ours = Wanted(policies, count, cpu, memory);

                Assert.True(native.Count == ours, $"{name}: {count} instances at {cpu:0.0} and {memory:0.0}: Azure {native.Count} ({native.Case}), ours {ours}");
                changes += native.Count == count ? 0 : 1;
            }
        }

        Assert.True(changes > 5);
    }

    /// <summary>The two recurring profiles of "Autoscale with multiple profiles", and a day out of "Understand autoscale settings".</summary>
    [Fact]
    public void Imported_floors_hold_when_the_profiles_do()
    {
        var profiles = new[]
        {
            Profile() with { Name = "weekday", Minimum = 4, Default = 4, When = Weekly(new LocalTime(4, 0), IsoDayOfWeek.Monday) },
            Profile() with { Name = "noon", Minimum = 6, Default = 6, When = Weekly(new LocalTime(11, 30), IsoDayOfWeek.Tuesday, IsoDayOfWeek.Thursday) },
            Profile() with { Name = "after", Minimum = 3, Default = 3, When = Weekly(new LocalTime(14, 15), IsoDayOfWeek.Tuesday, IsoDayOfWeek.Thursday) },
            Profile() with { Name = "weekend", Minimum = 2, Default = 2, When = Weekly(new LocalTime(0, 1), IsoDayOfWeek.Saturday) },
            Profile() with
            {
                Name = "event", Minimum = 8, Default = 8,
                When = new ProfileTime.Fixed(new LocalDateTime(2026, 3, 7, 9, 30), new LocalDateTime(2026, 3, 8, 18, 0), WindowsTimeZones.Find("Pacific Standard Time")!),
            },
        };
        var setting = Setting(profiles);
        var horizontal = Resolve(AutoscaleImport.Of(setting, "web-auto", Some.Noon)).Horizontal;

        Assert.Equal((2, 10), (horizontal.Minimum, horizontal.Maximum));
        for (var minutes = 0; minutes < 14 * 24 * 60; minutes += 7)
        {
            var at = Some.At(minutes);
            Assert.True(
                ProfileChoice.At(setting.Profiles, at)!.Minimum == horizontal.At(at).Minimum,
                $"{at:ddd HH:mm}: Azure {ProfileChoice.At(setting.Profiles, at)!.Minimum}, ours {horizontal.At(at).Minimum}");
        }
    }

    [Fact]
    public void The_default_of_a_profile_is_raised_to_when_blind_and_cooldowns_are_kept()
    {
        var imported = AutoscaleImport.Of(
            Setting(Profile(Out(70) with { Cooldown = Some.Minutes(3) }, In(40) with { Cooldown = Some.Minutes(10) }) with { Default = 5 }), "web-auto", Some.Noon);
        var policies = Resolve(imported);

        Assert.Equal(5, policies.Horizontal.WhenBlind);
        Assert.Equal((Some.Minutes(3), Some.Minutes(10)), (policies.Horizontal.ScaleOut.Cooldown, policies.Horizontal.ScaleIn.Cooldown));
        Assert.Equal((PolicyMode.Observe, Actuator.Auto), (policies.Workload.Mode, policies.Workload.Actuator));
        Assert.Equal(Some.Minutes(10), Assert.Single(policies.LoadBased!.Signals).Window);
    }

    [Fact]
    public void A_total_that_is_divided_by_instances_becomes_a_total()
    {
        var queue = Out(100, metric: "Messages") with
        {
            Resource = "/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.ServiceBus/namespaces/bus",
            DividesPerInstance = true,
        };
        var flows = Out(50, metric: "Inbound Flows") with { Statistic = SampleStatistic.Sum, DividesPerInstance = true };
        var signals = Resolve(AutoscaleImport.Of(Setting(Profile(queue, flows)), "web-auto", Some.Noon)).LoadBased!.Signals;

        Assert.Equal([("messages", SignalMeasure.Total), ("inbound-flows", SignalMeasure.Total)], signals.Select(signal => (signal.Name, signal.Measures)));
    }

    public static TheoryData<string, AutoscaleSetting> Unsayable { get; } = new()
    {
        { "rule 'Percentage CPU GreaterThan 70': a step here adds or removes a number of instances, not PercentChangeCount; it is not imported", Setting(Profile(Out(70) with { Change = RuleChange.PercentChangeCount })) },
        { "rule 'Percentage CPU GreaterThan 70': a signal here is the mean over its window, not the Maximum; it is not imported", Setting(Profile(Out(70) with { Aggregation = WindowAggregation.Maximum })) },
        { "rule 'Percentage CPU GreaterThan 70': a signal here is no Max over instances; it is not imported", Setting(Profile(Out(70) with { Statistic = SampleStatistic.Max })) },
        { "rule 'Percentage CPU LessThan 70': a step out is above a value and a step in below one, and this one is LessThan; it is not imported", Setting(Profile(Out(70) with { Operator = RuleOperator.LessThan })) },
        { "rule 'Percentage CPU GreaterThan 70': it looks at some values of a dimension; it is not imported", Setting(Profile(Out(70) with { HasDimensions = true })) },
        { "rules in: a step here adds or removes a number of instances, not ExactCount; as all of them must agree, none is imported and nothing scales in", Setting(Profile(Out(70), In(30), In(20) with { Change = RuleChange.ExactCount })) },
        { "rule 'Percentage CPU GreaterThanOrEqual 70': the value itself counts there, here only what is beyond it", Setting(Profile(Out(70) with { Operator = RuleOperator.GreaterThanOrEqual })) },
        { "profile 'default' never holds: a recurring profile lasts until the next one begins", Setting(Profile(), Profile() with { Name = "week", When = Weekly(new LocalTime(6, 0), IsoDayOfWeek.Monday) }) },
        { "profile 'b': its rules are others than those of 'a', which are imported", Setting(Recurring("a"), Recurring("b", Out(90))) },
        { "profile 'b': its maximum of 20 is not 10; a policy has one maximum, and it is the highest that comes back", Setting(Recurring("a"), Recurring("b") with { Maximum = 20 }) },
        { "profile 'gone': its fixed date is over", Setting(Profile(), Profile() with { Name = "gone", When = Once(2025) }) },
        { "profile 'quiet': a floor only raises, and its minimum of 1 does not", Setting(Profile(), Profile() with { Name = "quiet", Minimum = 1, When = Once(2027) }) },
        { "a minimum of 0 is not possible here; it is 1", Setting(Profile() with { Minimum = 0 }) },
        { "more than 1000 instances are not possible here", Setting(Profile() with { Minimum = 2000, Default = int.MaxValue, Maximum = int.MaxValue }) },
        { "rule 'a\t GreaterThan 70': no policy takes the name of its metric; it is not imported".Replace('\t', ' '), Setting(Profile(Out(70, 1, "a "))) },
        { "rule 'Percentage CPU GreaterThan 1E+300': a step is at a value above 0 and at most 1000000000000; it is not imported", Setting(Profile(Out(1e300))) },
        { "recurring profiles that begin so often that their minimums would be 721 floors: they are not imported", Setting(Profile() with { Name = "low", Minimum = 1, Default = 2, When = Every(0) }, Profile() with { Name = "high", When = Every(1) }) },
        { "the setting is switched off", Setting() with { IsEnabled = false } },
        { "lint: predictive autoscale that is ForecastOnly scales nothing", Setting() with { Predictive = PredictiveScaleMode.ForecastOnly } },
        { "lint: predictive autoscale needs a rule out on the average Percentage CPU, and there is none", Setting(Profile(In(30))) with { Predictive = PredictiveScaleMode.Enabled } },
        { "Azure's predictive autoscale is Enabled; here a PredictiveScaling policy does that, over a LoadBasedScaling with targetTracking in place of steps", Setting() with { Predictive = PredictiveScaleMode.Enabled } },
    };

    [Theory]
    [MemberData(nameof(Unsayable), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_said_is_told_and_stands_in_the_policies(string note, AutoscaleSetting setting)
    {
        var imported = AutoscaleImport.Of(OnWeb(setting), "web-auto", Some.Noon);

        Assert.Contains(note, imported.Notes);
        Assert.Contains($"# note: {note}\n", imported.Yaml, StringComparison.Ordinal);
        Assert.Empty(PolicyTexts.Errors(imported.Yaml));
    }

    [Fact]
    public void A_name_cannot_leave_its_comment()
    {
        var setting = Setting(Profile(), Profile() with { Name = "x\nspec: evil\u0085kind: a\u2028b", Maximum = 30, When = Once(2027) });
        var imported = AutoscaleImport.Of(setting, "web-auto", Some.Noon);

        Assert.Contains("# note: profile 'x spec: evil kind: a b': its maximum of 30", imported.Yaml, StringComparison.Ordinal);
        Assert.Empty(PolicyTexts.Errors(imported.Yaml));
    }

    [Theory]
    [InlineData("true", "autoscale-true")]
    [InlineData("007", "autoscale-007")]
    [InlineData("1e5", "autoscale-1e5")]
    [InlineData("<No>", "autoscale-no")]
    [InlineData("???", "imported")]
    public void A_name_is_one_that_yaml_reads_as_text(string name, string expected)
    {
        var imported = AutoscaleImport.Of(Setting(Profile(Out(70), In(30))), name, Some.Noon);

        Assert.Contains($"metadata: {{ name: {expected} }}", imported.Yaml, StringComparison.Ordinal);
        Assert.Empty(PolicyTexts.Errors(imported.Yaml));
    }

    [Fact]
    public void A_floor_of_ours_is_not_what_the_owner_wants()
    {
        var own = Setting(Profile(Out(70), In(30)));
        var steered = Setting([Profile(Out(70), In(30)) with { Name = TemporaryFloor.Name, Minimum = 8, Default = 8, When = Once(2027) }, .. own.Profiles]);

        Assert.Equal(AutoscaleImport.Of(own, "web-auto", Some.Noon).Yaml, AutoscaleImport.Of(steered, "web-auto", Some.Noon).Yaml);
    }

    public static TheoryData<string, string> Unselectable { get; } = new()
    {
        { "/subscriptions/12345678-90ab-cdef-1234-567890abcdef/resourceGroups/g/providers/Microsoft.Kusto/clusters/k", "'spec.select.type' must be one of 'vmss'" },
        { "/subscriptions/12345678-90ab-cdef-1234-567890abcdef/resourceGroups/*/providers/Microsoft.Web/serverfarms/p", "'spec.select.resourceGroup' must be the name of a resource group" },
        { "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Web/serverfarms/p", "'spec.select.subscription' must be a subscription id" },
        { "/subscriptions/12345678-90ab-cdef-1234-567890abcdef/resourceGroups/g/providers/Microsoft.Web/serverfarms/p*", "'spec.select.name' must be the name of one resource" },
    };

    [Theory]
    [MemberData(nameof(Unselectable))]
    public void What_no_policy_can_select_is_left_out_and_told(string target, string why)
    {
        var imported = AutoscaleImport.Of(SomeAutoscale.Setting(Profile()) with { Target = TargetId.Parse(target) }, "k", Some.Noon);

        Assert.Equal(("", 0), (imported.Yaml, imported.Notes.Count));
        Assert.StartsWith($"no policy can select {target}: {why}", imported.LeftOut, StringComparison.Ordinal);
        Assert.EndsWith("Leave the resource to its autoscale, or declare its type by a ResourceKind and write its policies by hand", imported.LeftOut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-24T08:00:00", "9999-12-31T23:59:59", "2026-12-24T08:00/2200-12-31T23:59", "profile 'once': its dates lead out of the years 1900 to 2200, and the floor ends there")]
    [InlineData("0001-01-01T00:00:00", "2027-01-01T00:00:00", "1900-01-01T00:00/2027-01-01T00:00", "profile 'once': its dates lead out of the years 1900 to 2200, and the floor ends there")]
    [InlineData("2026-12-24T08:00:20", "2026-12-24T08:00:40", "2026-12-24T08:00/2026-12-24T08:01", null)]
    [InlineData("2026-12-24T08:00:00", "2026-12-31T23:59:59", "2026-12-24T08:00/2027-01-01T00:00", null)]
    [InlineData("2201-01-01T00:00:00", "2202-01-01T00:00:00", null, "profile 'once': it begins after 2200, and no policy reaches so far; it is not imported, so add its floor by hand when it is near")]
    public void A_fixed_date_becomes_one_that_a_policy_can_have(string start, string end, string? when, string? note)
    {
        var once = new ProfileTime.Fixed(Local(start), Local(end), DateTimeZone.Utc);
        var imported = AutoscaleImport.Of(Setting(Profile(), Profile() with { Name = "once", Minimum = 5, Default = 5, When = once }), "web-auto", Some.Noon);

        Assert.Empty(PolicyTexts.Errors(imported.Yaml));
        Assert.Equal(when is null ? 0 : 1, imported.Yaml.Split($"    - {{ when: \"{when}\", timeZone: Etc/UTC, minimum: 5 }}").Length - 1);
        Assert.Equal(when is null, !imported.Yaml.Contains("floors:", StringComparison.Ordinal));
        Assert.Equal(note is null ? [] : [note], imported.Notes.Where(each => each.StartsWith("profile 'once': it", StringComparison.Ordinal) && !each.Contains("default", StringComparison.Ordinal)));

        static LocalDateTime Local(string text) => LocalDateTime.FromDateTime(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_step_of_more_than_there_may_be_decides_the_same()
    {
        var setting = Setting(Profile(Out(70, 5000), In(30, int.MaxValue)));
        var policies = Resolve(AutoscaleImport.Of(setting, "web-auto", Some.Noon));

        Assert.Equal((10, 10), (AutoscaleEngine.Evaluate(setting, Moment(4, 80)).Count, Wanted(policies, 4, 80, 0)));
        Assert.Equal((2, 2), (AutoscaleEngine.Evaluate(setting, Moment(4, 5)).Count, Wanted(policies, 4, 5, 0)));
    }

    [Fact]
    public void Signals_have_names_of_their_own_that_yaml_reads_as_text()
    {
        var wide = Some.Minutes(5);
        var rules = new[] { Out(70, 1, "memory"), Out(70, 1, "memory-2"), Out(80, 1, "Memory") with { Window = wide }, Out(1, 1, "007"), Out(2, 1, "true"), Out(3, 1, "\u202E"), Out(4, 1, "日本\uFEFF😀") };
        var signals = Resolve(AutoscaleImport.Of(Setting(Profile(rules)), "web-auto", Some.Noon)).LoadBased!.Signals;

        Assert.Equal(["memory", "memory-2", "memory-3", "signal-007", "signal-true", "signal", "signal-2"], signals.Select(signal => signal.Name));
        Assert.Equal(rules.Select(rule => rule.Metric), signals.Select(signal => Assert.IsType<SignalSource.Metric>(signal.From).Selector.Name));
    }

    [Fact]
    public void It_selects_the_one_resource_that_the_setting_scales()
    {
        var select = Resolve(AutoscaleImport.Of(Setting(Profile(Out(70), In(30))), "web-auto", Some.Noon)).Workload.Select;

        Assert.True(select.Selects(PolicyTexts.Target()));
        Assert.False(select.Selects(PolicyTexts.Target() with { Id = TargetId.Parse(Web.Value.Replace("/web", "/api", StringComparison.Ordinal)) }));
    }

    private static ProfileTime.Recurring Every(int minute) => new(
        [.. from hour in Enumerable.Range(0, 24) from step in Enumerable.Range(0, 30) select new WeeklyStart(IsoDayOfWeek.Monday, new LocalTime(hour, (2 * step) + minute))], Zurich);

    private static AutoscaleSetting Setting(params AutoscaleProfile[] profiles) => OnWeb(SomeAutoscale.Setting(profiles));

    /// <summary>Of a resource whose subscription is one that a policy takes.</summary>
    private static AutoscaleSetting OnWeb(AutoscaleSetting setting) => setting with
    {
        Target = Web,
        Profiles =
        [
            .. setting.Profiles.Select(profile => profile with
            {
                Rules = [.. profile.Rules.Select(rule => rule.Resource == Some.Target().Id.Value ? rule with { Resource = Web.Value } : rule)],
            }),
        ],
    };

    private static AutoscaleProfile Recurring(string name, params AutoscaleRule[] rules) =>
        Profile(rules) with { Name = name, When = Weekly(new LocalTime(6, 0), name == "a" ? IsoDayOfWeek.Monday : IsoDayOfWeek.Friday) };

    private static ProfileTime.Recurring Weekly(LocalTime at, params IsoDayOfWeek[] days) => new([.. days.Select(day => new WeeklyStart(day, at))], Zurich);

    private static ProfileTime.Fixed Once(int year) => new(new LocalDateTime(year, 1, 1, 0, 0), new LocalDateTime(year, 1, 2, 0, 0), DateTimeZone.Utc);

    private static TargetPolicies.Resolved Resolve(ImportedPolicies imported)
    {
        var policies = PolicyTexts.Read(imported.Yaml);
        Assert.Empty(PolicyTexts.Errors(policies));
        return Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target()));
    }

    private static int Wanted(TargetPolicies.Resolved policies, int count, double cpu, double memory)
    {
        var target = PolicyTexts.Target() with { Capacity = count };
        var metrics = new Dictionary<string, MetricSeries> { ["percentage-cpu"] = Series(cpu, count), ["memory"] = Series(memory, count) };
        var evaluation = TargetEvaluation.Of(
            target, policies with { Workload = policies.Workload with { Mode = PolicyMode.Act } }, metrics, new TargetRow { Target = Web },
            new TickContext { Now = Some.Noon, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = Some.Minutes(1) });
        return evaluation.Outcome is PlanOutcome.Planned planned ? planned.Plan.Goal : count;
    }

    private static MetricSeries.Received Series(double value, int count) =>
        new([.. Enumerable.Range(2, 12).Reverse().Select(minute => Some.Point(-minute, value, count))]);
}
