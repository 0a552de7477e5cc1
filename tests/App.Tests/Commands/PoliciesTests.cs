using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class PoliciesTests
{
    /// <summary>What <c>policies diff</c> prints. The file is golden: UPDATE_GOLDEN=1 rewrites it.</summary>
    [Fact]
    public async Task Two_sets_are_compared_in_a_form_for_people()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 2m --port 0 --state st")).ShouldBe(0);
        Directory.CreateDirectory(place.File("other"));
        foreach (var file in Directory.GetFiles(place.File("policies"), "*", SearchOption.AllDirectories))
        {
            place.Write($"other/{Path.GetRelativePath(place.File("policies"), file)}", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }

        Assert.StartsWith("the same policies", (await place.RunAsync("policies diff in-force other --state st")).ShouldBe(0).Output, StringComparison.Ordinal);
        place.Edit("other/horizontal-scaling.yml", "minimum: 2 ", "minimum: 4 ");
        place.Edit("other/guardrails.yml", "maximumInstances: 100 ", "maximumInstances: 40 ");
        File.Delete(place.File("other/budget-alerts.yml"));

        var text = (await place.RunAsync("policies diff other --state st --format markdown")).ShouldBe(0).Output;
        var golden = Path.Combine(Repository.Root, "tests", "App.Tests", "Commands", "Golden", "policies-diff.md");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(golden, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken), text);
    }

    [Fact(Timeout = 300_000)]
    public async Task An_earlier_set_is_chosen_beside_a_run_and_what_the_files_say_counts_again()
    {
        await using var place = new Workplace();
        var serve = await place.ServeAsync("--speed", "1200", "--state", "st");
        var first = (await ListAsync(place))[0].GetProperty("version").GetString()!;
        place.Edit("policies/horizontal-scaling.yml", "minimum: 2 ", "minimum: 12 ");
        await serve.LineAsync(line => line.Contains("is below the minimum of 12", StringComparison.Ordinal));
        Assert.Equal(["InForce", "Kept"], (await ListAsync(place)).Select(set => set.GetProperty("status").GetString()));

        (await place.RunAsync("policies", "activate", first[..12], "--state", "st")).ShouldRefuse("say why with '--reason'");
        (await place.RunAsync("policies", "activate", "feedfeedfeed", "--reason", "r", "--state", "st")).ShouldRefuse("no kept policy set is called 'feedfeedfeed'");
        Assert.Contains(
            "counts from the next look on", (await place.RunAsync("policies", "activate", first[..12], "--by", "ann", "--reason", "too many", "--state", "st")).ShouldBe(0).Output,
            StringComparison.Ordinal);
        while ((await ListAsync(place))[0].GetProperty("version").GetString() != first)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        var table = (await place.RunAsync("policies list --state st --format csv")).ShouldBe(0);
        Assert.Contains(table.Lines, line => line.StartsWith($"{first[..12]},\"in force, chosen\",", StringComparison.Ordinal) && line.Contains(",ann,", StringComparison.Ordinal));
        (await place.RunAsync("policies activate latest --by bob --reason fine --state st")).ShouldBe(0);
        (await place.RunAsync("policies activate latest --by bob --reason fine --state st")).ShouldRefuse("no policy set was chosen");
        Assert.Contains(
            (await place.RunAsync("history fleet --state st --format markdown")).ShouldBe(0).Lines, line => line.Contains("was chosen by ann until the files change", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<System.Text.Json.JsonElement>> ListAsync(Workplace place) =>
        [.. (await place.RunAsync("policies list --state st --format json")).ShouldBe(0).Json().GetProperty("sets").EnumerateArray()];
}
