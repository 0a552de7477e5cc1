using ScaleFunctions.Core.InfrastructureCode;

namespace ScaleFunctions.Core.Tests.InfrastructureCode;

/// <summary>Local modules of Terraform and Bicep: the line in the module, and where it is called.</summary>
public sealed class CodeModulesTests
{
    private const string Web = """
        variable "instances" {}
        resource "azurerm_linux_virtual_machine_scale_set" "web" {
          instances = var.instances
        }

        """;

    [Fact]
    public void A_module_is_told_with_its_callers_and_what_they_pass()
    {
        var review = Of(
            ("modules/web/main.tf", Web),
            ("envs/prod/main.tf", "module \"front\" {\n  source = \"../../modules/web\"\n  instances = 3\n}\nmodule \"back\" {\n  source    = \"../../modules/web/.\"\n  instances = local.n\n}\n"));

        var reset = Assert.Single(review.Resets);
        Assert.Equal(("modules/web/main.tf", 3), (reset.File, reset.Line));
        Assert.Equal(
            ["module.front at envs/prod/main.tf:1, which passes 3 in line 3", "module.back at envs/prod/main.tf:5, which passes local.n in line 7"], reset.CalledFrom);
        Assert.Empty(review.Doubts);
        Assert.Contains("+++ b/modules/web/main.tf", review.Patch, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_of_modules_in_states_and_plans_lead_to_the_file()
    {
        var review = Of(
            ("modules/set/main.tf", Web),
            ("modules/web/main.tf", "module \"set\" { source = \"../set\" }\n"),
            ("prod/main.tf", "module \"web\" {\n  source = \"../modules/web\"\n}\n" + Web),
            ("prod/terraform.tfstate", State("module.web[\"a.b[0]\\\"]\"].module.set", 8)),
            ("prod/plan.json", """
                { "terraform_version": "1.9", "resource_changes": [ { "address": "module.web.module.set.x", "module_address": "module.web.module.set", "mode": "managed",
                  "type": "azurerm_linux_virtual_machine_scale_set", "name": "web", "change": { "before": { "instances": 8 }, "after": { "instances": 3 } } } ] }
                """));

        Assert.Equal(["modules/set/main.tf:3 web-1 8 → 3", "prod/main.tf:6  "], review.Resets.Select(reset => $"{reset.File}:{reset.Line} {reset.ResourceId} {reset.Planned}"));
        Assert.Equal(["module.web.module.set at modules/web/main.tf:1"], review.Resets[0].CalledFrom);
    }

    [Fact]
    public void A_module_from_elsewhere_does_not_lend_its_id_to_a_resource_of_the_same_name()
    {
        var review = Of(
            ("main.tf", "module \"app\" {\n  source = \"Azure/compute/azurerm\"\n}\n" + Web),
            ("terraform.tfstate", State("module.app", 8)));

        Assert.Equal(["main.tf:6 Code ", "terraform.tfstate:1 State web-1"], review.Resets.Select(reset => $"{reset.File}:{reset.Line} {reset.Proof} {reset.ResourceId}"));
        Assert.Equal("the module app, which comes from elsewhere, is not followed", Assert.Single(review.Doubts).Why);
    }

    [Fact]
    public void Whose_callers_are_not_here_is_found_by_its_name() =>
        Assert.Equal("web-1", Assert.Single(Of(("main.tf", Web), ("terraform.tfstate", State("module.web", 8))).Resets).ResourceId);

    [Theory]
    [InlineData("../../../etc", "outside of the directory")]
    [InlineData("./nowhere", "was read, or is a link")]
    [InlineData("git::https://example.com/x.git", "comes from elsewhere")]
    public void What_leads_out_of_the_directory_is_not_followed(string source, string why)
    {
        var doubt = Assert.Single(Of(("a/main.tf", $"module \"x\" {{\n  source = \"{source}\"\n}}\n")).Doubts);

        Assert.Equal(("a/main.tf", 1), (doubt.File, doubt.Line));
        Assert.Contains(why, doubt.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_that_call_each_other_or_themselves_come_to_an_end()
    {
        var ring = Of(("a/main.tf", Call("../b") + Web), ("b/main.tf", Call("../a")), ("c/main.tf", Call("./")));
        List<(string, string)> doubling = [.. Enumerable.Range(0, 30).Select(level => ($"m{level}/main.tf", Call($"../m{level + 1}") + Call($"../m{level + 1}", "y")))];

        Assert.Equal("a/main.tf", Assert.Single(ring.Resets).File);
        Assert.DoesNotContain(Of([.. doubling, ("m30/main.tf", Web)]).Resets[0].CalledFrom, call => call.Length > 500);
        static string Call(string source, string name = "x") => $"module \"{name}\" {{\n  source = \"{source}\"\n}}\n";
    }

    [Fact]
    public void Many_resources_in_source_and_state_take_no_minutes()
    {
        var source = string.Concat(Enumerable.Range(0, 4000).Select(index => $"resource \"azurerm_service_plan\" \"p{index}\" {{\n  worker_count = 2\n}}\n"));
        var state = string.Join(',', Enumerable.Range(0, 20_000).Select(index =>
            $$"""{"mode":"managed","type":"azurerm_service_plan","name":"p{{index}}","instances":[{"attributes":{"id":"p-{{index}}","worker_count":5} } ] }"""));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var review = Of(("main.tf", source), ("terraform.tfstate", $$"""{"version":4,"lineage":"x","resources":[{{state}}]}"""));

        Assert.Equal(20_000, review.Resets.Count);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void A_capacity_that_a_module_of_bicep_is_given_is_told_where_it_is_given()
    {
        var review = Of(
            ("main.bicep", "param n int\nmodule a 'mods/plan.bicep' = {\n  name: 'a'\n  params: {\n    count: 3\n  }\n}\nmodule b './mods/plan.bicep' = {\n  name: 'b'\n  params: { count: n }\n}\n"
                + "module c 'mods/plan.bicep' = {\n  name: 'c'\n  params: { count: now.sku.capacity }\n}\nmodule d 'mods/plan.bicep' = [for i in range(0, 2): {\n  name: 'd'\n  params: { count: i }\n}]\n"),
            ("mods/plan.bicep", "param count int\nresource p 'Microsoft.Web/serverfarms@2023-12-01' = {\n  sku: { name: 'P1v3', capacity: count }\n}\n"),
            ("prod.bicepparam", "using 'main.bicep'\nparam n = 4\n"));

        Assert.Equal(
            ["main.bicep:5 a: p (mods/plan.bicep:3) 3 True", "main.bicep:18 d: p (mods/plan.bicep:3) i False", "prod.bicepparam:2 n 4 True"],
            review.Resets.Select(reset => $"{reset.File}:{reset.Line} {reset.Address} {reset.Sets} {reset.Edits.Count > 0}"));
        Assert.Equal(["main.bicep:10"], review.Doubts.Select(doubt => $"{doubt.File}:{doubt.Line}"));
        Assert.Contains("+    count: aCapacity", review.Patch, StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_of_a_module_counts_where_it_is_not_overridden()
    {
        const string Module = "param count int = 2\nresource p 'Microsoft.Web/serverfarms@2023-12-01' = {\n  sku: { name: 'P1v3', capacity: count }\n}\n";
        var all = Of(("plan.bicep", Module), ("main.bicep", "module a 'plan.bicep' = {\n  params: { count: now.sku.capacity }\n}\n"));
        var some = Of(("plan.bicep", Module), ("main.bicep", "module a 'plan.bicep' = {\n  params: { count: now.sku.capacity }\n}\nmodule b 'plan.bicep' = {\n  name: 'b'\n}\n"));

        Assert.Empty(all.Resets);
        Assert.Equal(["b at main.bicep:4"], Assert.Single(some.Resets).CalledFrom);
    }

    [Theory]
    [InlineData("'../plan.bicep'", "outside of the directory")]
    [InlineData("'plan.bicep'", "not read, or is a link")]
    [InlineData("'br/public:avm/res/web/serverfarm:0.1.0'", "comes from elsewhere")]
    public void A_module_of_bicep_that_is_not_here_is_told(string source, string why) =>
        Assert.Contains(why, Assert.Single(Of(("main.bicep", $"module a {source} = {{\n  name: 'a'\n}}\n")).Doubts).Why, StringComparison.Ordinal);

    [Fact]
    public void What_a_decorator_decorates_may_stand_on_its_line()
    {
        var reset = Assert.Single(Of(("main.bicep", "@allowed([2, 4]) @sys.description('a') param n int = 2\nresource p 'Microsoft.Web/serverfarms@2023-12-01' = {\n  sku: { name: 'P1v3', capacity: n }\n}\n")).Resets);

        Assert.Equal((1, "2"), (reset.Line, reset.Sets));
    }

    private static string State(string module, int count) =>
        $$"""{ "version": 4, "lineage": "x", "resources": [ { "module": "{{module.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}}", "mode": "managed", "type": "azurerm_linux_virtual_machine_scale_set", "name": "web", "instances": [ { "attributes": { "id": "web-1", "instances": {{count}} } } ] } ] }""";

    private static CodeReview Of(params (string Path, string Text)[] files) => CodeReview.Of([.. files.Select(file => new CodeFile(file.Path, file.Text))], []);
}
