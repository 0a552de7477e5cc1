using System.Text.Json.Nodes;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>The roles are data in <c>bicep/roles</c>: what they hold, and that the template deploys exactly that.</summary>
public sealed class RoleFileTests(Snapshots snapshots) : IClassFixture<Snapshots>
{
    public static TheoryData<string> Roles => ["observe", "act"];

    public static TheoryData<string> Variants => [.. Variant.All.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_has_no_wildcard_no_delete_and_nothing_that_runs_code(string role) =>
        Assert.DoesNotContain(RoleFile.Read(role).Grants.SelectMany(grant => grant.Actions), RoleRules.IsForbidden);

    [Theory]
    [MemberData(nameof(Roles))]
    public void Every_action_is_there_once_with_a_reason(string role)
    {
        var file = RoleFile.Read(role);
        var actions = file.Grants.SelectMany(grant => grant.Actions).ToList();
        Assert.InRange(actions.Count, 10, 60);
        Assert.All(file.Grants, grant => Assert.InRange(grant.Because.Length, 5, 200));
        Assert.Empty(actions.GroupBy(action => action, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.All(actions, action => Assert.Matches(@"^Microsoft\.\w+(/\w+)+/(read|write|action)$", action));
    }

    [Fact]
    public void What_observes_only_reads() =>
        Assert.All(RoleFile.Read("observe").Grants.SelectMany(grant => grant.Actions), action => Assert.EndsWith("/read", action, StringComparison.Ordinal));

    /// <summary>A grant under a name that no parameter has would never be given, or always.</summary>
    [Fact]
    public void A_grant_that_waits_for_a_parameter_names_one()
    {
        var template = File.ReadAllText(Repository.Folder("bicep", "main.bicep"));
        var parameters = Roles.SelectMany(row => RoleFile.Read(row.Data).Grants).Select(grant => grant.Parameter).OfType<string>().ToList();
        Assert.Equal(["resizeMachines"], parameters);
        Assert.All(parameters, parameter => Assert.Contains($"param {parameter} bool", template, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_template_deploys_the_roles_of_the_files(string name)
    {
        BicepProgram.SkipWhereItCannotRun();
        var variant = Variant.All.Single(candidate => candidate.Name == name);
        var deployment = snapshots[variant];
        Assert.Equal(RoleFile.Read("observe").Given([]), deployment.Actions("ScaleFunctions observe"));
        Assert.Equal(variant.Acts ? RoleFile.Read("act").Given(variant.ResizesMachines ? ["resizeMachines"] : []) : [], deployment.Actions("ScaleFunctions act"));
        Assert.All(deployment.Of("Microsoft.Authorization/roleDefinitions"), role =>
        {
            var properties = role["properties"]!;
            var file = RoleFile.Read(properties["roleName"]!.ToString().StartsWith("ScaleFunctions act ", StringComparison.Ordinal) ? "act" : "observe");
            Assert.StartsWith($"{file.Name} (", properties["roleName"]!.ToString(), StringComparison.Ordinal);
            Assert.Equal(file.Scope == "subscription" ? 3 : 5, Deployment.Texts(properties["assignableScopes"]).Single().Split('/').Length);
            Assert.Empty(new[] { "notActions", "dataActions", "notDataActions" }.SelectMany(list => Deployment.Texts(properties["permissions"]![0]![list])));
        });
    }

    private sealed record RoleFile(string Name, string Scope, IReadOnlyList<Grant> Grants)
    {
        public static RoleFile Read(string role)
        {
            var file = JsonNode.Parse(File.ReadAllText(Repository.Folder("bicep", "roles", $"{role}.json")))!;
            return new RoleFile(
                file["name"]!.ToString(), file["scope"]!.ToString(),
                [.. file["grants"]!.AsArray().Select(grant => new Grant(grant!["because"]!.ToString(), grant["parameter"]?.ToString(), [.. Deployment.Texts(grant["actions"])]))]);
        }

        public IReadOnlyList<string> Given(IReadOnlyList<string> parameters) =>
            [.. Grants.Where(grant => grant.Parameter is null || parameters.Contains(grant.Parameter)).SelectMany(grant => grant.Actions)];
    }

    private sealed record Grant(string Because, string? Parameter, IReadOnlyList<string> Actions);
}
