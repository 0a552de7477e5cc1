using System.Diagnostics;
using System.Text;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The verb <c>doctor</c>.</summary>
public sealed class DoctorTests
{
    private const string Terraform = """
        resource "azurerm_service_plan" "api" {
          name         = "plan-api"
          worker_count = 2
          tags         = { "connection" = "do-not-print" }
        }

        """;

    [Fact]
    public async Task Names_the_line_and_prints_a_patch_that_git_applies()
    {
        await using var place = new Workplace();
        place.Write("infra/modules/plan/main.tf", Terraform);
        place.Write("infra/main.bicep", "resource web 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = {\r\n\tname: 'web'\r\n\tsku: { name: 'a', capacity: 3 }\r\n}\r\n");
        var found = (await place.RunAsync("doctor --iac infra --patch fix.diff")).ShouldBe(2).ShouldHideItsInside();
        await GitAsync(place.File("infra"), "apply", "--check", "../fix.diff");
        await GitAsync(place.File("infra"), "apply", "../fix.diff");
        var after = (await place.RunAsync("doctor --iac infra")).ShouldBe(0);

        Assert.Contains("modules/plan/main.tf:3", found.Output, StringComparison.Ordinal);
        Assert.Contains("main.bicep:3", found.Output, StringComparison.Ordinal);
        Assert.Contains("+    ignore_changes = [worker_count]", found.Output, StringComparison.Ordinal);
        Assert.Contains(File.ReadAllText(place.File("fix.diff")).ReplaceLineEndings("\n"), found.Output.ReplaceLineEndings("\n") + "\n", StringComparison.Ordinal);
        Assert.DoesNotContain("do-not-print", found.Output, StringComparison.Ordinal);
        Assert.Contains("param webCapacity int\r\n", File.ReadAllText(place.File("infra/main.bicep")), StringComparison.Ordinal);
        Assert.Contains("main.bicep:6", after.Output, StringComparison.Ordinal);
        Assert.Contains("web takes its capacity from the parameter webCapacity", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_json_and_markdown()
    {
        await using var place = new Workplace();
        place.Write("infra/main.tf", Terraform);
        var json = (await place.RunAsync("doctor --iac infra --format json")).ShouldBe(2).Json();
        var markdown = (await place.RunAsync("doctor --iac infra --format markdown")).ShouldBe(2);

        var reset = Assert.Single(json.GetProperty("resets").EnumerateArray());
        Assert.Equal(("main.tf", 3, true), (reset.GetProperty("file").GetString(), reset.GetProperty("line").GetInt32(), reset.GetProperty("isPatched").GetBoolean()));
        Assert.StartsWith("--- a/main.tf\n+++ b/main.tf\n@@ ", json.GetProperty("patch").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("| where | resource |", markdown.Output, StringComparison.Ordinal);
        Assert.Contains("```diff\n--- a/main.tf\n", markdown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_and_stops_nothing()
    {
        await using var place = new Workplace();
        place.Write("infra/good.tf", Terraform);
        place.Write("infra/broken.tf", "resource {");
        place.Write("infra/sub/large.tf", new string('#', 1024 * 1024 + 1));
        place.Write("infra/steering.bicep", "var a = 'x\u202Ey'\n");
        place.Write("infra/.terraform/modules/copy.tf", Terraform);
        File.WriteAllBytes(place.File("infra/binary.tfstate"), [0x7B, 0x00, 0xFF, 0xFE, 0x7D]);
        Directory.CreateSymbolicLink(place.File("infra/sub/circle"), place.File("infra"));
        File.CreateSymbolicLink(place.File("infra/link.tf"), place.File("infra/good.tf"));
        using var pipe = Process.Start("mkfifo", place.File("infra/pipe.tf"));
        await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        var found = (await place.RunAsync("doctor --iac infra --format json")).ShouldBe(2).ShouldHideItsInside().Json();

        Assert.Equal("good.tf", Assert.Single(found.GetProperty("resets").EnumerateArray()).GetProperty("file").GetString());
        Assert.Equal(
            ["binary.tfstate", "broken.tf", "link.tf", "steering.bicep", "sub/circle", "sub/large.tf"],
            found.GetProperty("notJudged").EnumerateArray().Select(doubt => doubt.GetProperty("file").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_found_in_code_that_could_not_all_be_read_is_no_success()
    {
        await using var place = new Workplace();
        place.Write("infra/broken.tf", "resource {");

        var told = (await place.RunAsync("doctor --iac infra")).ShouldBe(1);

        Assert.Contains("broken.tf:1", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_in_the_encoding_of_an_old_shell_is_read()
    {
        await using var place = new Workplace();
        Directory.CreateDirectory(place.File("infra"));
        File.WriteAllText(place.File("infra/plan.json"), """
            { "terraform_version": "1.11.4", "resource_changes": [ { "address": "azurerm_service_plan.a", "mode": "managed", "type": "azurerm_service_plan",
              "name": "a", "change": { "before": { "worker_count": 6 }, "after": { "worker_count": 2 } } } ] }
            """, Encoding.Unicode);

        var found = (await place.RunAsync("doctor --iac infra")).ShouldBe(2);

        Assert.Contains("the next apply changes 6 → 2", found.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("doctor --iac nowhere", "there is no directory nowhere")]
    [InlineData("doctor --iac policies/workloads.yml", "is a file; name the directory")]
    [InlineData("doctor", "--iac")]
    public async Task A_directory_that_is_none_is_told(string arguments, string error)
    {
        await using var place = new Workplace();

        (await place.RunAsync(arguments)).ShouldRefuse(error);
    }

    private static async Task GitAsync(string directory, params string[] arguments)
    {
        // In a repository of its own, so that those above it do not matter.
        var start = new ProcessStartInfo("git", ["-c", "core.autocrlf=false", .. arguments]) { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardError = true };
        start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(directory);
        using var git = Process.Start(start)!;
        var error = await git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(git.ExitCode == 0, error);
    }
}
