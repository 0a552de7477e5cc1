using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace ScaleFunctions.Bicep.Tests.Workflows;

/// <summary>What must hold of every workflow. Read as YAML nodes, so a comment or a string cannot pass for a setting.</summary>
internal static partial class WorkflowRules
{
    // Jobs that log in to Azure; no other job may ask for a token.
    private static readonly string[] LoggingIn = ["preview", "deploy", "azure"];

    // Jobs that write to the repository, and what; they run nothing that was built.
    private static readonly string[] Writing = ["comment: pull-requests: write", "attach: contents: write"];

    private const string FromHere = "github.event.pull_request.head.repo.full_name == github.repository";
    private const string Base = "${{ github.event.pull_request.base.sha }}";

    public static IReadOnlyList<string> Findings(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var root = (YamlMappingNode)yaml.Documents.Single().RootNode;
        var jobs = (YamlMappingNode)root["jobs"];
        return
        [
            .. Triggers(root),
            .. Permissions(root, jobs),
            .. Foreign(root, jobs),
            .. All(root).OfType<YamlMappingNode>().SelectMany(Actions),
            .. All(root).OfType<YamlMappingNode>().SelectMany(Scripts),
            .. Secrets(text),
            .. jobs.Where(job => !Has(job.Value, "uses") && !Has(job.Value, "timeout-minutes")).Select(job => $"job {job.Key} may run for hours"),
        ];
    }

    // Runs foreign code with our rights.
    private static IEnumerable<string> Triggers(YamlMappingNode root) =>
        All(root["on"]).OfType<YamlScalarNode>().Where(trigger => trigger.Value is "pull_request_target" or "workflow_run").Select(trigger => $"triggered by {trigger}");

    private static IEnumerable<string> Permissions(YamlMappingNode root, YamlMappingNode jobs)
    {
        if (!Has(root, "permissions") || Granted(root["permissions"]) is not ["contents: read"])
        {
            yield return "the workflow's permissions are not exactly contents: read";
        }

        foreach (var (job, content) in jobs)
        {
            foreach (var grant in Has(content, "permissions") ? Granted(content["permissions"]) : [])
            {
                var allowed = grant == "contents: read" || (grant == "id-token: write" && LoggingIn.Contains(job.ToString())) || Writing.Contains($"{job}: {grant}");
                if (!allowed)
                {
                    yield return $"job {job} has {grant}";
                }
            }
        }
    }

    // What a pull request brings may be anybody's: a job with a right of its own is not for forks, and runs what the base branch has.
    private static IEnumerable<string> Foreign(YamlMappingNode root, YamlMappingNode jobs)
    {
        var isPullRequest = All(root["on"]).OfType<YamlScalarNode>().Any(trigger => trigger.Value == "pull_request");
        foreach (var (job, content) in jobs)
        {
            var rights = Has(content, "permissions") ? Granted(content["permissions"]).Where(grant => grant.EndsWith(": write", StringComparison.Ordinal)).ToList() : [];
            if (rights.Count == 0)
            {
                continue;
            }

            if (rights.Contains("contents: write") && (!Has(root["on"], "push") || !Has(root["on"]["push"], "tags") || Has(root["on"]["push"], "branches") || ((YamlMappingNode)root["on"]).Children.Count > 1))
            {
                yield return $"job {job} may write contents, and more than a tag triggers it";
            }

            if (isPullRequest && (!Has(content, "if") || !content["if"].ToString().Contains(FromHere, StringComparison.Ordinal) || content["if"].ToString().Contains("||", StringComparison.Ordinal)))
            {
                yield return $"job {job} has {string.Join(", ", rights)} for forks, too";
            }

            foreach (var step in isPullRequest ? All(content).OfType<YamlMappingNode>().Where(IsCheckoutOfWork) : [])
            {
                if (!Has(step, "with") || !Has(step["with"], "ref") || step["with"]["ref"].ToString() != Base)
                {
                    yield return $"job {job} has {string.Join(", ", rights)} and runs what the pull request brings";
                }
            }
        }
    }

    // Beside the work, in a folder of its own, a checkout is data.
    private static bool IsCheckoutOfWork(YamlMappingNode step) =>
        Has(step, "uses") && step["uses"].ToString().StartsWith("actions/checkout@", StringComparison.Ordinal) && !(Has(step, "with") && Has(step["with"], "path"));

    private static IEnumerable<string> Actions(YamlMappingNode step)
    {
        if (Has(step, "uses") && !ActionPattern().IsMatch(step["uses"].ToString()))
        {
            yield return $"action {step["uses"]} is not pinned, or not from a known owner";
        }
    }

    // An expression is pasted into the script before the shell reads it: a branch name could run code. Variables cannot.
    private static IEnumerable<string> Scripts(YamlMappingNode step)
    {
        if (Has(step, "run") && step["run"] is YamlScalarNode script && script.Value!.Contains("${{"))
        {
            yield return $"a script contains an expression: {script.Value.Trim()}";
        }
    }

    private static IEnumerable<string> Secrets(string text) => SecretPattern().Matches(text).Select(match => $"looks like a secret: {match.Value}");

    private static List<string> Granted(YamlNode permissions) =>
        permissions is YamlMappingNode map ? [.. map.Select(grant => $"{grant.Key}: {grant.Value}")] : [permissions.ToString()];

    private static bool Has(YamlNode node, string key) => node is YamlMappingNode map && map.Children.ContainsKey(new YamlScalarNode(key));

    private static IEnumerable<YamlNode> All(YamlNode node) => node.AllNodes;

    [GeneratedRegex(@"^(\./\.github/workflows/[\w-]+\.yml|(actions|azure)/[\w-]+@[0-9a-f]{40})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ActionPattern();

    // The login needs none; ids are variables and written nowhere.
    [GeneratedRegex(@"secrets\.\w|secrets\[|secrets:|client-secret|\bcreds:|AccountKey=|[?&]sig=|password\s*[:=]|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|gh[ps]_\w{20,}", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretPattern();
}
