using System.Text;
using System.Text.Json;
using CsCheck;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Imports;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies.Imports;

/// <summary>Whatever settings hold, what is written of them is taken by the very code that <c>validate</c> reads policies with.</summary>
public sealed class HostileImportTests
{
    [Fact]
    public void What_is_written_of_hostile_settings_is_valid_and_nothing_but_a_selection_leaves_one_out()
    {
        var (written, leftOut, signals, floors) = (0, 0, 0, 0);
        HostileAutoscale.Setting.Sample(
            json =>
            {
                if (AutoscaleSettingReader.Read(json, out _) is not { } setting)
                {
                    return;
                }

                var imported = AutoscaleImport.Of(setting, AutoscaleText.Of(json, "name")!, Some.Noon);
                if (imported.LeftOut is { } reason)
                {
                    Assert.StartsWith("no policy can select /subscriptions/", reason, StringComparison.Ordinal);
                    Interlocked.Increment(ref leftOut);
                    return;
                }

                var policies = PolicyTexts.Read(imported.Yaml);
                Assert.Empty(policies.Errors);
                Interlocked.Increment(ref written);
                Interlocked.Add(ref signals, policies.LoadBasedScaling.Sum(policy => policy.Signals.Count));
                Interlocked.Add(ref floors, policies.HorizontalScaling.Sum(policy => policy.Floors.Count));
            },
            iter: 1500);

        // What is never written is never refused: the run has to reach the parts that can be.
        Assert.True(written > 500 && leftOut > 150 && signals > 400 && floors > 500, $"{written} written, {leftOut} left out, {signals} signals, {floors} floors");
    }

    [Fact]
    public void Any_number_of_hostile_settings_makes_one_valid_file()
    {
        var collisions = 0;
        HostileAutoscale.Setting.Array[2, 40].Sample(
            items =>
            {
                var settings = items.Select(json => (Name: AutoscaleText.Of(json, "name")!, Setting: AutoscaleSettingReader.Read(json, out _)!)).Where(each => each.Setting is not null).ToList();
                var imported = AutoscaleImports.Of(settings, Some.Noon);
                Interlocked.Add(ref collisions, imported.Count(each => each.LeftOut?.Contains("scales the same resource", StringComparison.Ordinal) is true));

                Assert.Equal(settings.Count, imported.Count);
                if (imported.Any(each => each.LeftOut is null))
                {
                    Assert.Empty(PolicyTexts.Errors(File(imported)));
                }
            },
            iter: 25);
        Assert.True(collisions > 5);
    }

    [Fact]
    public void Settings_of_one_group_and_of_one_name_stand_side_by_side()
    {
        var settings = new[] { "web", "api", "job" }.Select(name => ("auto", Setting(name))).ToList();
        var policies = PolicyTexts.Read(File(AutoscaleImports.Of(settings, Some.Noon)));

        Assert.Empty(policies.Errors);
        Assert.Equal(["auto", "auto-2", "auto-3"], policies.Workloads.Select(workload => workload.Name));
    }

    [Fact]
    public void Of_two_settings_of_one_resource_the_one_that_is_on_is_written()
    {
        var (off, on) = (Setting("web") with { IsEnabled = false }, Setting("WEB"));
        var imported = AutoscaleImports.Of([("old", off), ("new", on)], Some.Noon);

        Assert.StartsWith("the setting 'new' scales the same resource, and a resource has one workload", imported[0].LeftOut, StringComparison.Ordinal);
        Assert.Contains("metadata: { name: new }", imported[1].Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_holds_no_more_than_a_policy_file_may_and_the_rest_is_told()
    {
        var settings = Enumerable.Range(0, 700).Select(number => ("auto", Setting($"web-{number}"))).ToList();
        var imported = AutoscaleImports.Of(settings, Some.Noon);
        var file = File(imported);

        Assert.InRange(Encoding.UTF8.GetByteCount(file), PolicyFile.MaximumBytes / 2, PolicyFile.MaximumBytes);
        Assert.Empty(PolicyTexts.Errors(file));
        Assert.EndsWith("import it by its name into a file of its own", imported[^1].LeftOut, StringComparison.Ordinal);
    }

    private static string File(IEnumerable<ImportedPolicies> imported) => string.Join(AutoscaleImports.Separator, imported.Where(each => each.LeftOut is null).Select(each => each.Yaml));

    private static AutoscaleSetting Setting(string name) => SomeAutoscale.Setting() with
    {
        Target = Core.Targets.TargetId.Parse($"/subscriptions/{HostileAutoscale.Subscription}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/{name}"),
    };
}
