using System.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ScaleFunctions.Bicep.Tests.Workflows;

/// <summary>The workflows parse, ask for little, and do their steps in the order that makes a rollback possible.</summary>
public sealed class WorkflowTests
{
    private const string Sound = """
        name: sound
        on: [push]
        permissions:
          contents: read
        jobs:
          build:
            runs-on: ubuntu-latest
            timeout-minutes: 5
            steps:
              - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
              - run: echo hello
        """;

    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.Folder(".github", "workflows")).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_workflow_keeps_the_rules(string file) => Assert.Empty(WorkflowRules.Findings(Read(file)));

    [Fact]
    public void A_sound_workflow_has_no_finding() => Assert.Empty(WorkflowRules.Findings(Sound));

    [Theory]
    [InlineData("contents: read", "contents: write")]
    [InlineData("permissions:\n  contents: read", "env:\n  A: b")]
    [InlineData("permissions:\n  contents: read", "permissions: write-all")]
    [InlineData("on: [push]", "on: [pull_request_target]")]
    [InlineData("on: [push]", "on:\n  workflow_run:\n    workflows: [x]")]
    [InlineData("@11bd71901bbe5b1630ceea73d27597364c9af683", "@main")]
    [InlineData("@11bd71901bbe5b1630ceea73d27597364c9af683", "@v4")]
    [InlineData("@11bd71901bbe5b1630ceea73d27597364c9af683", "")]
    [InlineData("actions/checkout@", "somebody/checkout@")]
    [InlineData("echo hello", "echo ${{ github.event.pull_request.title }}")]
    [InlineData("echo hello", "echo ${PASSWORD:=x} password=hunter2")]
    [InlineData("runs-on: ubuntu-latest", "runs-on: ubuntu-latest\n    env:\n      TOKEN: ${{ secrets.TOKEN }}")]
    [InlineData("runs-on: ubuntu-latest", "runs-on: ubuntu-latest\n    env:\n      TENANT: 11111111-1111-1111-1111-111111111111")]
    [InlineData("runs-on: ubuntu-latest", "runs-on: ubuntu-latest\n    permissions:\n      id-token: write")]
    [InlineData("    timeout-minutes: 5\n", "")]
    public void Each_rule_notices_a_breakage(string sound, string broken)
    {
        Assert.Contains(sound, Sound);
        Assert.NotEmpty(WorkflowRules.Findings(Sound.Replace(sound, broken)));
    }

    [Theory]
    [InlineData("policies.yml", "    if: always() && needs.review.result != 'cancelled' && github.event.pull_request.head.repo.full_name == github.repository\n", "    if: always()\n")]
    [InlineData("policies.yml", "needs.review.result != 'cancelled' && github.event", "needs.review.result != 'cancelled' || github.event")]
    [InlineData("policies.yml", "          ref: ${{ github.event.pull_request.base.sha }}\n          sparse-checkout: .github/scripts\n", "          sparse-checkout: .github/scripts\n")]
    [InlineData("policies.yml", "          ref: ${{ github.event.pull_request.base.sha }}\n          persist-credentials: false\n      # After", "          persist-credentials: false\n      # After")]
    [InlineData("policies.yml", "vars.AZURE_READER_CLIENT_ID != '' && github.event.pull_request.head.repo.full_name == github.repository", "vars.AZURE_READER_CLIENT_ID != ''")]
    [InlineData("policies.yml", "  review:\n", "  review:\n    permissions:\n      pull-requests: write\n")]
    [InlineData("policies.yml", "      pull-requests: write", "      packages: write")]
    [InlineData("release.yml", "    tags: ['v*']", "    branches: [main]")]
    [InlineData("release.yml", "    tags: ['v*']", "    tags: ['v*']\n  pull_request:")]
    [InlineData("release.yml", "  binaries:\n", "  binaries:\n    permissions:\n      contents: write\n")]
    public void What_would_give_rights_to_foreign_code_is_noticed(string file, string sound, string broken)
    {
        var text = Read(file);
        Assert.Contains(sound, text, StringComparison.Ordinal);
        Assert.NotEmpty(WorkflowRules.Findings(text.Replace(sound, broken, StringComparison.Ordinal)));
    }

    [Fact]
    public void Text_that_is_not_yaml_does_not_pass() => Assert.ThrowsAny<YamlException>(() => WorkflowRules.Findings("jobs: [\n- a: b: c"));

    [Fact]
    public void A_deployment_shows_then_keeps_then_replaces_then_checks_then_rolls_back()
    {
        var deploy = Read("deploy.yml");
        string[] inOrder =
        [
            "az deployment group what-if", "environment: production", "bicep/scripts/current-package", "bicep/scripts/deploy-resources",
            "bicep/scripts/keep-package", "bicep/scripts/deploy-package", "bicep/scripts/smoke-check", "if: failure()", "bicep/scripts/deploy-package", "\"$PACKAGE\" true",
        ];
        var place = 0;
        Assert.All(inOrder, text =>
        {
            place = deploy.IndexOf(text, place, StringComparison.Ordinal);
            Assert.True(place >= 0, $"{text} is not where it belongs");
            place += text.Length;
        });
    }

    [Fact]
    public void Every_script_a_workflow_runs_is_there_and_may_be_run()
    {
        var scripts = Files.SelectMany(row => Read(row.Data).Split(' ', '\n', '('))
            .Where(word => word.StartsWith("bicep/scripts/", StringComparison.Ordinal) || word.StartsWith(".github/scripts/", StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(scripts.Count >= 11, $"only {scripts.Count} scripts");
        Assert.All(scripts, script => Assert.True(File.Exists(Repository.Folder(script)), script));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var script in scripts)
            {
                Assert.True(File.GetUnixFileMode(Repository.Folder(script)).HasFlag(UnixFileMode.UserExecute), script);
            }
        }
    }

    [Fact]
    public async Task Every_script_in_a_workflow_is_valid_bash()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "bash is at hand on Linux only");
        var scripts = Directory.GetFiles(Repository.Folder("bicep", "scripts")).Concat(Directory.GetFiles(Repository.Folder(".github", "scripts"))).Select(File.ReadAllText)
            .Concat(Files.SelectMany(row => RunSteps(Read(row.Data)))).ToList();
        Assert.True(scripts.Count >= 10, $"only {scripts.Count} scripts");
        foreach (var script in scripts)
        {
            Assert.Equal("", await SyntaxErrorsAsync(script));
        }

        Assert.NotEqual("", await SyntaxErrorsAsync("if true; then"));
    }

    private static IEnumerable<string> RunSteps(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents[0].AllNodes.OfType<YamlMappingNode>()
            .Where(step => step.Children.TryGetValue(new YamlScalarNode("run"), out var run) && run is YamlScalarNode)
            .Select(step => step["run"].ToString());
    }

    private static async Task<string> SyntaxErrorsAsync(string script)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false })!;
        await bash.StandardInput.WriteAsync(script.AsMemory(), cancellation);
        bash.StandardInput.Close();
        var errors = await bash.StandardError.ReadToEndAsync(cancellation);
        await bash.WaitForExitAsync(cancellation);
        return bash.ExitCode == 0 ? "" : $"{errors} in: {script}";
    }

    private static string Read(string file) => File.ReadAllText(Repository.Folder(".github", "workflows", file));
}
