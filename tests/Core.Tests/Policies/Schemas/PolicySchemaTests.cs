using System.Text.Json.Nodes;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Tests.Policies.Schemas;

public sealed class PolicySchemaTests
{
    /// <summary>Wrong in a way no schema can see: one value against another, a name against a list, or text against the clock.</summary>
    private static readonly string[] BeyondSchemas =
    [
        "base-nobody-extends", "calendar-ends-before-it-begins", "calendar-for-ever", "calendar-unknown-zone", "calendar-workload-misspelt", "choose-with-one", "extends-itself", "extends-two-of-one-name",
        "extends-unknown-preset", "field-twice", "forecast-clock-without-days", "forecast-of-a-signal-without-a-target", "forecast-of-no-load", "formula-bracket-not-closed", "formula-function-misspelt", "formula-mixes-totals", "formula-name-misspelt",
        "formula-name-with-minus", "formula-needs-itself", "formula-of-equals", "formula-too-deep", "formula-with-a-window", "formula-without-signals",
        "guardrails-below-the-minimum", "guardrails-twice", "guardrails-without-bounds", "guardrails-workload-misspelt",
        "kind-declared-twice", "kind-keeps-data", "kind-minimum-above-maximum", "kind-named-like-a-built-in", "kind-of-agent-pools", "kind-of-another-provider", "kind-of-authorization",
        "kind-of-compute", "kind-of-key-vault", "kind-of-logic-apps", "kind-of-plans", "kind-read-only-with-patch", "kind-steps-beside-bounds", "kind-steps-not-ascending", "kind-type-leads-to-others", "kind-version-no-day",
        "load-without-bounds", "minimum-above-maximum", "missing-data-count-for-nothing", "missing-data-without-a-count", "nothing-follows-the-signal", "octal-number", "rightsizing-bounds-around-nothing",
        "signal-dimension-ends-the-filter", "signal-dimension-star-and-more", "signal-from-two-sources", "signal-misspelt", "signal-per-instance-of-one-series",
        "signal-query-without-workspace", "signal-resource-by-name", "signal-total-per-instance", "signal-tracked-twice", "signal-workspace-of-a-metric", "step-of-half", "target-out-of-reach", "two-policies-of-a-kind", "veto-misspelt", "workload-misspelt", "workload-twice", "workload-within-another",
    ];

    private static readonly string Policies = Path.Combine(PolicyReaderTests.RepositoryRoot(), "policies");

    private static readonly string Broken = Path.Combine(PolicyReaderTests.RepositoryRoot(), "tests", "Core.Tests", "Policies", "Broken");

    private static readonly SchemaCheck Schema = new(JsonNode.Parse(PolicySchema.Text)!.AsObject());

    [Fact]
    public void The_committed_schema_is_current()
    {
        var file = Path.Combine(Policies, "policy.schema.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, PolicySchema.Text);
        }

        Assert.Equal(File.ReadAllText(file), PolicySchema.Text);
    }

    [Fact]
    public void Accepts_every_policy_of_the_repository() => Assert.All(
        Directory.GetFiles(Policies, "*.yml", SearchOption.AllDirectories).SelectMany(Documents),
        document => Assert.True(Schema.Accepts(document), $"{document}"));

    [Fact]
    public void Refuses_the_broken_files_but_those_no_schema_can_judge() => Assert.Equal(
        BeyondSchemas,
        from file in Directory.GetFiles(Broken, "*.yml").Order(StringComparer.Ordinal)
        let documents = Documents(file).ToList()
        where documents.Count > 0 && documents.TrueForAll(Schema.Accepts)
        select Path.GetFileNameWithoutExtension(file));

    /// <summary>
    /// Whatever single field or item is taken away, the schema and the reader agree on whether that is wrong. Only a policy
    /// without its workload, or a workload without its selection, is right where others extend it, which the schema cannot know.
    /// </summary>
    [Fact]
    public void Agrees_with_the_reader_when_anything_is_left_out()
    {
        var (checkedCases, refused) = (0, 0);
        foreach (var file in Directory.GetFiles(Policies, "*.yml"))
        {
            foreach (var document in Documents(file).ToList())
            {
                foreach (var path in Paths(document).ToList())
                {
                    var without = document.DeepClone();
                    Remove(without, path);
                    var isAccepted = Schema.Accepts(without);
                    var errors = ErrorsOf(without);
                    Assert.True(isAccepted || errors.Count > 0, $"{Path.GetFileName(file)} without {path}: the schema refuses what the reader takes");
                    Assert.True(!isAccepted || errors.Count == 0 || path is "spec.workload" or "spec.select", $"{Path.GetFileName(file)} without {path}: the schema takes what the reader refuses: {string.Join("; ", errors)}");
                    (checkedCases, refused) = (checkedCases + 1, refused + (isAccepted ? 0 : 1));
                }
            }
        }

        Assert.True(checkedCases > 60 && refused > 15, $"{checkedCases} cases, {refused} refused");
    }

    [Theory]
    [InlineData("""{ "type": "vmss" }""", true)]
    [InlineData("""{ "type": "plan" }""", true)]
    [InlineData("""{ "all": [ { "any": [ { "tags": { "app": ["a", "b"] } } ] } ] }""", true)]
    [InlineData("""{ "all": [ { "any": [ { "tgas": { "app": "a" } } ] } ] }""", false)]
    [InlineData("""{ "all": [ { "any": [ {} ] } ] }""", false)]
    public void Judges_selections_at_any_depth(string select, bool isAccepted) => Assert.Equal(isAccepted, Schema.Accepts(JsonNode.Parse(
        $$"""{ "apiVersion": "scalefunctions/v1", "kind": "Workload", "metadata": { "name": "w" }, "spec": { "select": {{select}} } }""")));

    /// <summary>Errors of the document alone; that a workload or its bounds are in another file is none.</summary>
    private static List<string> ErrorsOf(JsonNode document) =>
    [
        .. PolicyTexts.Read(document.ToJsonString()).Errors
            .Select(error => error.Message)
            .Where(message => !message.Contains("is not defined", StringComparison.Ordinal) && !message.Contains("chooses between", StringComparison.Ordinal) && !message.Contains("needs 'targetTracking' or 'steps'", StringComparison.Ordinal) && !IsSaidElsewhere(message) && !message.EndsWith("mended", StringComparison.Ordinal)),
    ];

    /// <summary>What a case needs may stand in it or in what all cases begin with.</summary>
    private static bool IsSaidElsewhere(string message) =>
        message.EndsWith("given' lacks the required field 'instances'", StringComparison.Ordinal) || message.Contains("says nothing of the target", StringComparison.Ordinal);

    private static IEnumerable<JsonNode> Documents(string file) => ParsedDocument.ReadAll(new PolicyFile(file, File.ReadAllBytes(file)), new PolicyErrors(file))
        .Select(document => SchemaCheck.Json(document.Root))
        .OfType<JsonNode>();

    private static IEnumerable<string> Paths(JsonNode? node, string path = "") => node switch
    {
        JsonObject fields => fields.SelectMany(field => Paths(field.Value, path.Length == 0 ? field.Key : $"{path}.{field.Key}").Prepend(path.Length == 0 ? field.Key : $"{path}.{field.Key}")),
        JsonArray items => items.SelectMany((item, index) => Paths(item, $"{path}.{index}").Prepend($"{path}.{index}")),
        _ => [],
    };

    private static void Remove(JsonNode root, string path)
    {
        var steps = path.Split('.');
        var parent = steps.SkipLast(1).Aggregate(root, (node, step) => node is JsonArray items ? items[int.Parse(step)]! : node[step]!);
        if (parent is JsonArray list)
        {
            list.RemoveAt(int.Parse(steps[^1]));
        }
        else
        {
            parent.AsObject().Remove(steps[^1]);
        }
    }
}
