using System.Text.Json;
using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The role that the verb tells is the one that the template deploys, and what the policies add.</summary>
public sealed class RoleTests
{
    private const string Scope = "--scope /subscriptions/00000000-0000-4000-8000-000000000001";

    [Theory]
    [InlineData("observe", "", false)]
    [InlineData("act", "", false)]
    [InlineData("act", "--resize-machines", true)]
    public async Task Is_what_the_template_deploys(string role, string option, bool isResizing)
    {
        await using var place = new Workplace();
        place.Write("none/shop.yml", "apiVersion: scalefunctions/v1\nkind: Workload\nmetadata: { name: shop }\nspec: { select: { tags: { app: shop } } }\n");

        var told = (await place.RunAsync($"role {role} {Scope} --policies none --format json {option}".TrimEnd())).ShouldBe(0).Json();

        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "bicep", "roles", $"{role}.json")));
        var grants = file.RootElement.GetProperty("grants").EnumerateArray().Where(grant => isResizing || !grant.TryGetProperty("parameter", out _));
        Assert.Equal(
            grants.SelectMany(grant => grant.GetProperty("actions").EnumerateArray()).Select(action => action.GetString()),
            told.GetProperty("Actions").EnumerateArray().Select(action => action.GetString()));
        Assert.True(told.GetProperty("IsCustom").GetBoolean());
        Assert.Equal("/subscriptions/00000000-0000-4000-8000-000000000001", Assert.Single(told.GetProperty("AssignableScopes").EnumerateArray()).GetString());
        Assert.All(new[] { "NotActions", "DataActions", "NotDataActions" }, list => Assert.Empty(told.GetProperty(list).EnumerateArray()));
    }

    [Fact]
    public async Task Has_what_policies_ask_for_and_says_why()
    {
        await using var place = new Workplace();

        var act = (await place.RunAsync("role act")).ShouldBe(0).Output;
        var observe = (await place.RunAsync("role observe --format csv")).ShouldBe(0).Output;

        Assert.Contains("Microsoft.Sql/servers/databases/write", act, StringComparison.Ordinal);
        Assert.Contains("declare the kind", act, StringComparison.Ordinal);
        Assert.Contains("Microsoft.Sql/servers/databases/read,The policies declare the kind sql-database.", observe, StringComparison.Ordinal);
        Assert.DoesNotContain("Microsoft.Sql/servers/databases/write", observe, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("role act --format json", "--scope /subscriptions/ID")]
    [InlineData("role act --scope shop", "--scope 'shop' is none")]
    [InlineData("role act --policies none", "none")]
    public async Task Says_what_is_missing(string command, string why)
    {
        await using var place = new Workplace();

        (await place.RunAsync(command)).ShouldRefuse(why);
    }
}
