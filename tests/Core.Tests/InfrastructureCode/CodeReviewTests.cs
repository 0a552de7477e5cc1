using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using ScaleFunctions.Core.InfrastructureCode;

namespace ScaleFunctions.Core.Tests.InfrastructureCode;

/// <summary>
/// Code as people write it, and what is said of it, in <c>Golden</c>; <c>UPDATE_GOLDEN=1</c> rewrites that.
/// </summary>
public sealed class CodeReviewTests
{
    [Theory]
    [InlineData("terraform")]
    [InlineData("terraform-state-only")]
    [InlineData("bicep")]
    [InlineData("arm")]
    public void Samples_are_told_as_they_were(string sample)
    {
        var told = Told(CodeReview.Of(Files(sample), []));
        var golden = Path.Combine(Here(), "Golden", $"{sample}.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(golden, told);
        }

        Assert.Equal(File.ReadAllText(golden), told);
    }

    [Theory]
    [InlineData("terraform")]
    [InlineData("bicep")]
    public void What_is_patched_is_found_no_more(string sample)
    {
        var files = Files(sample);
        var before = CodeReview.Of(files, []);
        List<CodeFile> patched = [.. files.Where(file => !file.Path.EndsWith(".json", StringComparison.Ordinal))
            .Select(file => new CodeFile(file.Path, UnifiedDiff.Apply(file.Text, [.. before.Resets.Where(each => each.File == file.Path).SelectMany(each => each.Edits).Distinct()])))];
        var after = CodeReview.Of(patched, []);

        Assert.NotEmpty(before.Patch);
        Assert.All(after.Resets, reset => Assert.Empty(reset.Edits));
        Assert.False(after.IsPartial);
        Assert.Equal(before.Resets.Count(each => each.Proof == ResetProof.Code && each.Edits.Count == 0), after.Resets.Count);
    }

    /// <summary>What is asked for each resource does not go through all of the file: that took minutes where this takes a second.</summary>
    [Theory]
    [InlineData("main.tf", "resource \"azurerm_service_plan\" \"p{0}\" {{\nworker_count=3\n}}\n", 15_000)]
    [InlineData("main.bicep", "resource p{0} 'Microsoft.Web/serverfarms@2023-12-01'={{\nsku:{{capacity:3}}\n}}\n", 13_500)]
    public void A_file_of_many_thousand_resources_is_read_at_once(string name, string resource, int count)
    {
        var text = string.Concat(Enumerable.Range(0, count).Select(number => string.Format(System.Globalization.CultureInfo.InvariantCulture, resource, number)));
        var begun = Stopwatch.GetTimestamp();
        var review = CodeReview.Of([new CodeFile(name, text)], []);

        Assert.Equal((count, (3 * (count - 1)) + 2), (review.Resets.Count, review.Resets[^1].Line));
        Assert.NotEmpty(review.Patch);
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), $"{Stopwatch.GetElapsedTime(begun)}");
    }

    [Theory]
    [InlineData("terraform")]
    [InlineData("terraform-state-only")]
    public void Secrets_of_states_plans_and_source_are_not_told(string sample)
    {
        var told = Told(CodeReview.Of(Files(sample), []));

        Assert.DoesNotContain("do-not-print", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Tr0ub4dor", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resource \"azurerm_service_plan\" \"a\" {", 1, "the block 'resource' has no end")]
    [InlineData("a = 1\nb = \"x\nc = 2", 2, "a text has no end")]
    [InlineData("a = <<EOT\nnever ends", 1, "the text up to EOT has no end")]
    [InlineData("a = [1, 2", 1, "'[' has no end")]
    [InlineData("/* a", 1, "a comment has no end")]
    [InlineData("a =\n", 1, "'a' has no value")]
    [InlineData("}", 1, "'}' closes nothing")]
    [InlineData("= 1", 1, "a name was expected, not '='")]
    public void Broken_terraform_is_told_with_its_line(string text, int line, string why)
    {
        var review = CodeReview.Of([new CodeFile("x/main.tf", text)], []);

        var doubt = Assert.Single(review.Doubts);
        Assert.Equal(("x/main.tf", line, $"it cannot be read: {why}"), (doubt.File, doubt.Line, doubt.Why));
        Assert.True(review.IsPartial);
    }

    [Theory]
    [InlineData("param a string = 'x\n", 1, "a text has no end")]
    [InlineData("\nresource a 'b@c' = {\n", 2, "'{' has no end")]
    [InlineData("var a = '''\n", 1, "a text has no end")]
    [InlineData("{}", 1, "a declaration was expected, not '{'")]
    public void Broken_bicep_is_told_with_its_line(string text, int line, string why)
    {
        var doubt = Assert.Single(CodeReview.Of([new CodeFile("main.bicep", text)], []).Doubts);

        Assert.Equal((line, $"it cannot be read: {why}"), (doubt.Line, doubt.Why));
    }

    [Theory]
    [InlineData("terraform.tfstate", "{\n \"version\": 4,", 2, "it is no JSON that can be read")]
    [InlineData("terraform.tfstate", "{ \"a\": \"\\ud800\" }", 1, "it is no JSON that can be read")]
    [InlineData("terraform.tfstate", "{ \"version\": 3, \"lineage\": \"x\", \"resources\": [] }", 1, "a state of version 3 is not read, only of version 4")]
    [InlineData("terraform.tfstate", "[]", 0, "it is no state that is known")]
    [InlineData("main.tf.json", "{ \"resource\": {} }", 0, "Terraform's JSON syntax is not read")]
    public void Broken_documents_are_told(string name, string text, int line, string why)
    {
        var review = CodeReview.Of([new CodeFile(name, text)], []);

        Assert.Equal((line, why), (Assert.Single(review.Doubts).Line, review.Doubts[0].Why));
        Assert.True(review.IsPartial);
    }

    [Theory]
    [InlineData("a.tf", "a = ", "[", "]")]
    [InlineData("a.bicep", "var a = ", "[", "]")]
    [InlineData("a.json", "", "[", "]")]
    public void Nesting_that_is_made_to_break_readers_is_refused(string name, string start, string open, string close)
    {
        var text = start + string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000));

        Assert.True(CodeReview.Of([new CodeFile(name, text)], []).IsPartial);
    }

    [Fact]
    public void Any_cut_of_a_file_is_read_or_told_and_nothing_breaks()
    {
        foreach (var file in Files("terraform").Concat(Files("bicep")))
        {
            for (var length = 0; length < file.Text.Length; length += 7)
            {
                CodeReview.Of([new CodeFile(file.Path, file.Text[..length])], []);
            }
        }
    }

    [Fact]
    public void Windows_line_ends_stay_what_they_are()
    {
        var file = new CodeFile("a.tf", "resource \"azurerm_service_plan\" \"a\" {\r\n  worker_count = 2\r\n}\r\n");
        var review = CodeReview.Of([file], []);

        Assert.Equal(
            "--- a/a.tf\n+++ b/a.tf\n@@ -1,3 +1,7 @@\n resource \"azurerm_service_plan\" \"a\" {\r\n   worker_count = 2\r\n+\r\n+  lifecycle {\r\n+    ignore_changes = [worker_count]\r\n+  }\r\n }\r\n",
            review.Patch);
    }

    [Theory]
    [InlineData("ignore_changes = all")]
    [InlineData("ignore_changes = [\"worker_count\"]")]
    [InlineData("ignore_changes = [tags, worker_count]")]
    [InlineData("ignore_changes = [\n tags, # one\n worker_count, // two\n ]")]
    public void What_terraform_leaves_alone_is_no_reset(string lifecycle) => Assert.Empty(Plan(lifecycle).Resets);

    [Theory]
    [InlineData("ignore_changes = []", "ignore_changes = [worker_count]")]
    [InlineData("ignore_changes = [tags]", "ignore_changes = [tags, worker_count]")]
    [InlineData("ignore_changes = [tags, ]", "ignore_changes = [tags, worker_count ]")]
    [InlineData("ignore_changes = [\n    tags]", "ignore_changes = [\n    tags, worker_count]")]
    [InlineData("ignore_changes = [\n    tags # one\n  ]", "ignore_changes = [\n    tags, # one\n    worker_count,\n  ]")]
    [InlineData("ignore_changes = [\n    tags[\"a,b\"],\n  ]", "ignore_changes = [\n    tags[\"a,b\"],\n    worker_count,\n  ]")]
    [InlineData("prevent_destroy = true", "prevent_destroy = true\n    ignore_changes = [worker_count]")]
    public void An_existing_lifecycle_is_gone_on_with(string lifecycle, string expected)
    {
        var review = Plan(lifecycle);
        var now = UnifiedDiff.Apply(PlanText(lifecycle), Assert.Single(review.Resets).Edits);

        Assert.Equal(PlanText(expected), now);
        Assert.Empty(Plan(expected).Resets);
    }

    [Fact]
    public void A_resource_on_one_line_is_told_and_not_patched()
    {
        var reset = Assert.Single(CodeReview.Of([new CodeFile("a.tf", "resource \"azurerm_service_plan\" \"a\" { worker_count = 2 }")], []).Resets);

        Assert.Empty(reset.Edits);
        Assert.Contains("by hand", reset.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_that_is_null_is_none()
    {
        var plan = CodeReview.Of([new CodeFile("a.tf", "resource \"azurerm_service_plan\" \"a\" {\n worker_count = null\n}")], []);
        var set = CodeReview.Of([new CodeFile("a.tf", "resource \"azurerm_linux_virtual_machine_scale_set\" \"a\" {\n instances = null\n}")], []);

        Assert.Empty(plan.Resets);
        Assert.Equal("0 (the default)", Assert.Single(set.Resets).Sets);
    }

    [Fact]
    public void Two_resources_of_one_name_take_no_id_of_a_state()
    {
        var state = Files("terraform").First(file => file.Path == "terraform.tfstate");
        CodeFile Source(string path) => new(path, "resource \"azurerm_linux_virtual_machine_scale_set\" \"web\" {\n  instances = 1\n}\n");

        Assert.NotNull(Assert.Single(CodeReview.Of([Source("a.tf"), state], []).Resets).ResourceId);
        Assert.All(CodeReview.Of([Source("a/a.tf"), Source("b/a.tf"), state], []).Resets, reset => Assert.Null(reset.ResourceId));
    }

    private static CodeReview Plan(string lifecycle) => CodeReview.Of([new CodeFile("a.tf", PlanText(lifecycle))], []);

    private static string PlanText(string lifecycle) =>
        $"resource \"azurerm_service_plan\" \"a\" {{\n  worker_count = 2\n  lifecycle {{\n    {lifecycle}\n  }}\n}}\n";

    private static string Told(CodeReview review)
    {
        var text = new StringBuilder();
        foreach (var each in review.Resets)
        {
            text.Append($"{each.File}:{each.Line} {each.Proof} {each.Address} [{each.Type}] sets {each.Sets}\n");
            text.Append($"  id {each.ResourceId ?? "-"}, planned {each.Planned ?? "-"}, autoscale {each.Autoscale ?? "-"}{string.Concat(each.CalledFrom.Select(call => $", {call}"))}\n  {each.Advice}\n");
        }

        foreach (var doubt in review.Doubts)
        {
            text.Append($"? {doubt.File}:{doubt.Line} {doubt.Why}\n");
        }

        return text.Append('\n').Append(review.Patch).ToString();
    }

    private static List<CodeFile> Files(string sample)
    {
        var folder = Path.Combine(Here(), "Samples", sample);
        return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => new CodeFile(Path.GetFileName(file), File.ReadAllText(file)))];
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
