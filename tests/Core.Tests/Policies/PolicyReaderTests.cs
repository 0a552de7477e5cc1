using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class PolicyReaderTests
{
    [Fact]
    public void Reads_a_workload_with_its_bounds_and_its_load()
    {
        var policies = PolicyTexts.Read(PolicyTexts.All);

        Assert.Empty(policies.Errors);
        var workload = Assert.Single(policies.Workloads);
        Assert.Equal(("web-shop", "team-shop", PolicyMode.Act), (workload.Name, workload.Owner, workload.Mode));
        Assert.Equal("Microsoft.Compute/virtualMachineScaleSets", workload.Select.ResourceType);
        Assert.Equal(["shop"], workload.Select.Tags["APP"]);
        Assert.Equal(["prod", "preprod"], workload.Select.Tags["env"]);
        Assert.Equal(new PolicySource("p.yml", 1, 1), workload.Source);

        var horizontal = Assert.Single(policies.HorizontalScaling);
        Assert.Equal((3, 40, (int?)8), (horizontal.Minimum, horizontal.Maximum, horizontal.WhenBlind));
        Assert.Equal(
            new DirectionBehavior { AtMost = new RateLimit { Percent = 100, Instances = 10, Choose = RateChoice.Larger, Per = TimeSpan.FromMinutes(1) } },
            horizontal.ScaleOut);
        Assert.Equal(
            new DirectionBehavior
            {
                Stabilization = TimeSpan.FromMinutes(5),
                Cooldown = TimeSpan.FromMinutes(5),
                AtMost = new RateLimit { Instances = 2, Per = TimeSpan.FromMinutes(1) },
            },
            horizontal.ScaleIn);
        Assert.Equal(10, horizontal.Source.Line);

        var load = Assert.Single(policies.LoadBasedScaling);
        Assert.Equal(
            new SignalPolicy { Name = "cpu", From = new SignalSource.Metric(new MetricSelector { Name = "Percentage CPU" }), Window = TimeSpan.FromMinutes(3), MaximumAge = TimeSpan.FromMinutes(8), SaturatedAt = 98 },
            Assert.Single(load.Signals));
        Assert.Equal(
            new TargetTrackingPolicy { Signal = "cpu", Target = 60, ToleranceOut = 0.1, ToleranceIn = 0.05 },
            Assert.Single(load.TargetTracking));
    }

    [Fact]
    public void Takes_the_documented_defaults_for_absent_fields()
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(
            PolicyTexts.Workload.Replace("  mode: act\n", ""),
            """
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: h, owner: ops }
            spec: { workload: web-shop, instances: { minimum: 1, maximum: 2 }, scaleIn: { cooldown: 10m } }

            """,
            """
            apiVersion: scalefunctions/v1
            kind: LoadBasedScaling
            metadata: { name: l }
            spec:
              workload: web-shop
              signals: [ { name: cpu, metric: Percentage CPU } ]
              targetTracking: [ { signal: cpu, target: 62.5, tolerance: 0.2 } ]
            """));

        Assert.Empty(policies.Errors);
        Assert.Equal(PolicyMode.Observe, policies.Workloads[0].Mode);
        var horizontal = policies.HorizontalScaling[0];
        Assert.Null(horizontal.WhenBlind);
        Assert.Equal("ops", horizontal.Owner);
        Assert.Equal(new DirectionBehavior { AtMost = new RateLimit { Percent = 100, Instances = 4 } }, horizontal.ScaleOut);
        Assert.Equal(
            new DirectionBehavior
            {
                Stabilization = TimeSpan.FromMinutes(5),
                Cooldown = TimeSpan.FromMinutes(10),
                AtMost = new RateLimit { Percent = 10, Instances = 2, Choose = RateChoice.Larger, Per = TimeSpan.FromMinutes(1) },
            },
            horizontal.ScaleIn);
        Assert.Equal(TimeSpan.FromMinutes(3), policies.LoadBasedScaling[0].Signals[0].Window);
        Assert.Equal(
            new TargetTrackingPolicy { Signal = "cpu", Target = 62.5, ToleranceOut = 0.2, ToleranceIn = 0.2 },
            policies.LoadBasedScaling[0].TargetTracking[0]);
    }

    [Fact]
    public void Accepts_json_indented_by_tabs()
    {
        var policies = PolicyTexts.Read(
            """
            {
            	"$schema": "policy.schema.json",
            	"apiVersion": "scalefunctions/v1",
            	"kind": "Workload",
            	"metadata": {"name":"web-shop"},
            	"spec": {"select": {"subscription": "12345678-90AB-CDEF-1234-567890ABCDEF", "resourceGroup": "rg-shop"}, "mode": "observe"}
            }
            """);

        Assert.Empty(policies.Errors);
        Assert.Equal("12345678-90ab-cdef-1234-567890abcdef", policies.Workloads[0].Select.Subscription);
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("# first a comment\n\n")]
    [InlineData("---\n")]
    [InlineData("# c\n---\n---\n")]
    public void Accepts_a_byte_order_mark_comments_and_markers_before_the_document(string prefix) =>
        Assert.Empty(PolicyTexts.Errors(prefix + PolicyTexts.All));

    [Fact]
    public void Reads_windows_line_ends_with_the_same_places()
    {
        var policies = PolicyTexts.Read((PolicyTexts.All + "...\n---\nkind: Nothing\n").Replace("\n", "\r\n"));

        Assert.Equal(5, policies.Errors.Count);
        Assert.Equal(3, policies.Workloads.Count + policies.HorizontalScaling.Count + policies.LoadBasedScaling.Count);
        Assert.All(policies.Errors, error => Assert.Equal(30, error.Source.Line));
    }

    [Fact]
    public void A_document_with_errors_is_left_out_and_the_others_of_the_file_stay()
    {
        var other = PolicyTexts.Workload.Replace("web-shop", "other");

        var policies = PolicyTexts.Read(PolicyTexts.Join("a: [1\n", PolicyTexts.All, other.Replace("mode: act", "mode: maybe"), other.Replace("other", "third")));

        Assert.Equal(["web-shop", "third"], policies.Workloads.Select(workload => workload.Name));
        Assert.Equal(
            ["1:4: the '[' that opens here is not closed by a ']', or a comma or ': ' is missing before line 2, column 1",
             "1:4: guardrails or a change calendar may stand here and cannot be read, so every workload only observes until that is mended",
             "38:9: 'spec.mode' must be 'observe' or 'act', but is 'maybe'"],
            PolicyTexts.Errors(policies));
    }

    [Fact]
    public void Reports_the_errors_of_all_files_in_the_order_of_files_and_lines()
    {
        var policies = PolicyTexts.Read(("b.yml", "kind: X\n"), ("a.yml", ""), ("c.yml", PolicyTexts.Workload));

        Assert.Equal(
            ["a.yml:1:1: no policy document in this file; it is empty or holds only comments",
             "b.yml:1:1: the document lacks the required field 'apiVersion'",
             "b.yml:1:1: the document lacks the required field 'metadata'",
             "b.yml:1:1: the document lacks the required field 'spec'",
             "b.yml:1:7: unknown kind 'X' (supported: Workload, HorizontalScaling, LoadBasedScaling, PredictiveScaling, VerticalScaling, ResourceRightsizing, UsageOptimization, CostMonitoring, BudgetAlerts, AlertChannels, Guardrails, ChangeCalendar, ResourceKind, PolicyTest)",
             "b.yml:1:7: guardrails or a change calendar may stand here and cannot be read, so every workload only observes until that is mended"],
            policies.Errors.Select(error => error.ToString()));
        Assert.Single(policies.Workloads);
    }

    [Fact]
    public void No_files_at_all_are_an_error()
    {
        var policies = PolicyReader.Read([]);

        Assert.Equal("policies:1:1: no policy file was found; nothing is scaled", Assert.Single(policies.Errors).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n...\n---\n")]
    [InlineData("~\n")]
    public void A_file_without_a_document_is_an_error(string text) =>
        Assert.Equal(["1:1: no policy document in this file; it is empty or holds only comments"], PolicyTexts.Errors(text));

    [Fact]
    public void Stops_listing_after_a_hundred_errors_of_a_file()
    {
        var fields = string.Concat(Enumerable.Range(0, 1000).Select(number => $"field{number}: 1\n"));

        var errors = PolicyTexts.Errors(fields);

        Assert.Equal(102, errors.Count);
        Assert.Equal("101:1: more than 100 errors in this file; the rest is not shown", errors[^2]);
        Assert.StartsWith("101:1: guardrails or a change calendar may stand here", errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_names_names_and_contents_whatever_their_order()
    {
        var version = PolicyTexts.Read(("a.yml", "x"), ("b.yml", "y")).Version;

        Assert.Matches("^[0-9a-f]{64}$", version);
        Assert.Equal(version, PolicyTexts.Read(("b.yml", "y"), ("a.yml", "x")).Version);
        string[] others =
        [
            PolicyTexts.Read(("a.yml", "y"), ("b.yml", "x")).Version,
            PolicyTexts.Read(("a.yml", "x"), ("c.yml", "y")).Version,
            PolicyTexts.Read(("a.ymlx", ""), ("b.yml", "y")).Version,
            PolicyTexts.Read(("a.yml", "x")).Version,
        ];
        Assert.Equal(5, others.Append(version).Distinct().Count());
    }

    [Fact]
    public void The_starter_files_have_no_errors()
    {
        var folder = Path.Combine(RepositoryRoot(), "policies");
        var files = Directory.GetFiles(folder, "*.yml").Select(path => new PolicyFile(Path.GetFileName(path), File.ReadAllBytes(path)));

        var policies = PolicyReader.Read([.. files]);

        Assert.Empty(policies.Errors);
        Assert.Equal(["web-shop", "web-portal"], policies.Workloads.Select(workload => workload.Name));
        Assert.All(policies.Workloads, workload => Assert.Equal(PolicyMode.Act, workload.Mode));
        var resolved = Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target(("app", "shop"))));
        Assert.Equal((2, 60), (resolved.Horizontal.Minimum, resolved.Horizontal.Maximum));
        Assert.Equal((DirectionBehavior.DefaultOut, DirectionBehavior.DefaultIn), (resolved.Horizontal.ScaleOut, resolved.Horizontal.ScaleIn));
        Assert.Equal(60, Assert.Single(resolved.LoadBased!.TargetTracking).Target);
        var plan = Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target(("app", "shop")) with
        {
            Id = TargetId.Parse("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/serverfarms/portal"),
        }));
        Assert.Equal(("web-portal", 2, 30), (plan.Workload.Name, plan.Horizontal.Minimum, plan.Horizontal.Maximum));
        Assert.Equal("CpuPercentage", Assert.IsType<SignalSource.Metric>(Assert.Single(plan.LoadBased!.Signals).From).Selector.Name);
    }

    internal static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ScaleFunctions.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("ScaleFunctions.sln is in no folder above the tests");
    }
}
