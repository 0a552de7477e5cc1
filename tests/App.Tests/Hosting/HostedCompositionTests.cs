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

    private static HostedSettings Settings(params IReadOnlyList<(string Name, string? Value)> values) => HostedSettings.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Append(("WorkStorage", "UseDevelopmentStorage=true")).Select(each => KeyValuePair.Create(each.Item1, each.Item2)))
            .Build());
}
