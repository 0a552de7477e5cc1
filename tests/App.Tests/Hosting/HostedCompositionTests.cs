using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Sandbox;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class HostedCompositionTests
{
    [Fact]
    public async Task No_service_comes_from_the_sandbox_and_the_credential_is_the_managed_identity()
    {
        var directory = Directory.CreateTempSubdirectory("scalefunctions-");
        var policies = Path.Combine(directory.FullName, "policies");
        await SamplePolicies.WriteToAsync(policies);
        var services = new ServiceCollection();
        services.AddLogging();
        HostedMode.Compose(services, Settings(("ScaleFunctions:State", directory.FullName), ("ScaleFunctions:Policies", policies)));
        var sandbox = typeof(SandboxServer).Assembly;

        Assert.All(services, service =>
        {
            Assert.NotSame(sandbox, service.ServiceType.Assembly);
            Assert.NotSame(sandbox, service.ImplementationType?.Assembly);
            Assert.NotSame(sandbox, service.ImplementationInstance?.GetType().Assembly);
        });
        await using (var provider = services.BuildServiceProvider())
        {
            var made = services.Where(service => !service.ServiceType.ContainsGenericParameters)
                .SelectMany(service => provider.GetServices(service.ServiceType)).ToList();
            Assert.NotEmpty(made);
            Assert.All(made, each => Assert.NotSame(sandbox, each!.GetType().Assembly));
            var connection = provider.GetRequiredService<AzureConnection>();
            Assert.IsType<ManagedIdentityCredential>(connection.Credential);
            Assert.Same(TimeProvider.System, connection.Time);
            Assert.Same(TimeProvider.System, provider.GetRequiredService<TimeProvider>());
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public void No_source_of_the_hosted_mode_names_the_sandbox_or_the_local_mode()
    {
        var app = Path.Combine(Repository.Root, "functions", "App");
        var files = new[] { "Hosting", "Functions" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(app, folder), "*.cs", SearchOption.AllDirectories)).ToList();

        Assert.Contains(files, file => file.EndsWith("HostedMode.cs", StringComparison.Ordinal));
        Assert.All(files, file =>
        {
            var text = File.ReadAllText(file);
            Assert.False(text.Contains("ScaleFunctions.Sandbox", StringComparison.Ordinal), file);
            Assert.False(text.Contains("App.Local", StringComparison.Ordinal), file);
        });
    }

    [Theory]
    [InlineData(null, PolicyMode.Observe, null)]
    [InlineData("observe", PolicyMode.Observe, null)]
    [InlineData("Act", PolicyMode.Act, "act")]
    public void Observes_until_told_otherwise_and_acts_under_an_identity_of_its_own(string? mode, PolicyMode ceiling, string? writer)
    {
        var settings = Settings(("ScaleFunctions:Mode", mode), ("Azure:ReadClientId", "read"), ("Azure:ActClientId", "act"));

        Assert.Equal((ceiling, "read", writer), (settings.Mode, settings.ReadClientId, settings.ActClientId));
    }

    [Fact]
    public void State_is_in_the_table_that_is_named_and_under_the_identity_named_with_it()
    {
        var uri = new Uri("https://account.table.core.windows.net");

        Assert.Equal(new HostedState.Table(uri, null, "state"), Settings(("StateStorage:tableServiceUri", uri.ToString())).State);
        Assert.Equal(
            new HostedState.Table(uri, "host", "mine"),
            Settings(("StateStorage:tableServiceUri", uri.ToString()), ("StateStorage:clientId", "host"), ("StateStorage:table", "mine"), ("StateStorage", "x")).State);
        Assert.Equal(new HostedState.TableByKey("x", "state"), Settings(("StateStorage", "x")).State);
        Assert.Equal(new HostedState.LocalDirectory("d"), Settings(("ScaleFunctions:State", "d")).State);
    }

    [Fact]
    public void Policies_are_in_the_one_place_that_is_named()
    {
        var (uri, commit) = (new Uri("https://account.blob.core.windows.net"), new string('a', 40));

        Assert.Equal(new HostedPolicies.Directory(Path.Combine(AppContext.BaseDirectory, "policies")), Settings().Policies);
        Assert.Equal(new HostedPolicies.Directory("d"), Settings(("ScaleFunctions:Policies", "d")).Policies);
        Assert.Equal(new HostedPolicies.Checkout("d", commit), Settings(("ScaleFunctions:Policies", "d"), ("ScaleFunctions:PolicyCommit", commit)).Policies);
        Assert.Equal(new HostedPolicies.Container(uri, null, "policies"), Settings(("PolicyStorage:blobServiceUri", uri.ToString())).Policies);
        Assert.Equal(
            new HostedPolicies.Container(uri, "host", "mine"),
            Settings(("PolicyStorage:blobServiceUri", uri.ToString()), ("PolicyStorage:clientId", "host"), ("PolicyStorage:container", "mine")).Policies);
        Assert.Equal(new HostedPolicies.ContainerByKey("x", "policies"), Settings(("PolicyStorage", "x")).Policies);
    }

    [Theory]
    [InlineData("PolicyStorage:blobServiceUri", "http://account.blob.core.windows.net", "expected https://ACCOUNT.blob.core.windows.net")]
    [InlineData("PolicyStorage:container", "My--Policies", "PolicyStorage__container is 'My--Policies'")]
    [InlineData("ScaleFunctions:PolicyCommit", "main", "two places of policies, PolicyStorage and ScaleFunctions__PolicyCommit")]
    [InlineData("ScaleFunctions:Policies", "d", "two places of policies, PolicyStorage and ScaleFunctions__Policies")]
    public void A_place_of_policies_that_is_wrong_or_one_of_two_is_refused(string name, string value, string why)
    {
        var exception = Assert.Throws<ScaleFunctions.App.Commands.UserErrorException>(() => Settings(("PolicyStorage", "x"), (name, value)));

        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            "expected the whole hash of a commit",
            Assert.Throws<ScaleFunctions.App.Commands.UserErrorException>(() => Settings(("ScaleFunctions:PolicyCommit", "main"))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "PolicyStorage is no connection string",
            Assert.Throws<ScaleFunctions.App.Commands.UserErrorException>(() => Settings(("PolicyStorage", "x")).Policies.Open()).Message, StringComparison.Ordinal);
    }

    private static HostedSettings Settings(params IReadOnlyList<(string Name, string? Value)> values) => HostedSettings.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Append(("WorkStorage", "UseDevelopmentStorage=true")).Select(each => KeyValuePair.Create(each.Item1, each.Item2)))
            .Build());
}
