using System.Net;
using System.Text.Json;

namespace ScaleFunctions.Security.Tests;

/// <summary>The built program as the Functions host starts it: where it listens, what it changes, what it writes to Azure, what it says without its store.</summary>
public sealed class HostedProgramTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listens_on_loopback_alone_whatever_the_environment_says()
    {
        Assert.SkipUnless(File.Exists("/proc/net/tcp"), "the sockets of a process are read from /proc");
        await using var world = await HostedWorld.StartAsync();
        foreach (var name in new[] { "ASPNETCORE_URLS", "DOTNET_URLS", "Kestrel__Endpoints__Open__Url", "URLS" })
        {
            world.Environment[name] = "http://0.0.0.0:0";
        }

        world.Environment["ASPNETCORE_HTTP_PORTS"] = world.Environment["DOTNET_HTTP_PORTS"] = "0";
        await using var process = world.StartProcess();
        await process.ReadyAsync();

        Assert.Equal(["0100007F"], Sockets.ListeningAddresses(process.Id).Distinct());
    }

    [Fact]
    public async Task What_listens_elsewhere_would_be_noticed()
    {
        Assert.SkipUnless(File.Exists("/proc/net/tcp"), "the sockets of a process are read from /proc");
        using var open = new ConnectionCounter();

        Assert.Contains(Sockets.ListeningAddresses(Environment.ProcessId), address => address != "0100007F");
        await Task.CompletedTask;
    }

    /// <summary>The folder of the program may be read-only, as a package is: a tick and a change leave no trace in it.</summary>
    [Fact]
    public async Task Leaves_its_own_folder_as_it_is()
    {
        await using var world = await HostedWorld.StartAsync();
        var before = Folder();
        await using (var process = world.StartProcess())
        {
            await process.ReadyAsync();
            await TickAsync(world, process);
        }

        Assert.Equal(before, Folder());
        Assert.NotEmpty(world.Sandbox.Writes.Effective);
    }

    /// <summary>What may be written is as wide as an extension that runs code; what is written is a count.</summary>
    [Fact]
    public async Task Writes_a_count_and_nothing_else()
    {
        await using var world = await HostedWorld.StartAsync();
        await using var process = world.StartProcess();
        await process.ReadyAsync();

        await TickAsync(world, process);

        var writes = world.Sandbox.Writes.All.Where(write => !write.IsForeign).ToList();
        Assert.NotEmpty(writes);
        Assert.All(writes, write =>
        {
            Assert.Equal("PATCH", write.Method);
            using var body = JsonDocument.Parse(write.Body);
            Assert.Equal(["sku"], body.RootElement.EnumerateObject().Select(member => member.Name));
            Assert.Subset(new HashSet<string> { "capacity", "name", "tier" }, body.RootElement.GetProperty("sku").EnumerateObject().Select(member => member.Name).ToHashSet());
        });
        Assert.DoesNotContain(world.Sandbox.Requests.Counts, count => count.Method == "DELETE");
    }

    [Fact]
    public async Task Without_its_store_it_says_so_and_never_that_all_is_well_or_that_the_caller_is_wrong()
    {
        await using var world = await HostedWorld.StartAsync();
        await using var process = world.StartProcess();
        await process.ReadyAsync();
        await TickAsync(world, process);
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(process, "api/v1/targets"));

        world.EndStorage();

        foreach (var path in new[] { "api/v1/targets", "api/v1/why/web", "api/v1/journal", "healthz" })
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadAsync(process, path));
        }

        using var call = new HttpRequestMessage(HttpMethod.Post, "api/v1/kill-switch/set") { Content = new StringContent("""{"by":"ann","reason":"a test"}""") };
        call.Headers.Add("Idempotency-Key", "k");
        using var answer = await process.Client.SendAsync(call, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await process.PostAsync("ScaleTick", HostPosts.Timer)).Status);
    }

    private static async Task<HttpStatusCode> ReadAsync(HostedProcess process, string path)
    {
        using var answer = await process.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }

    /// <summary>A tick and the evaluations it asks for.</summary>
    private static async Task TickAsync(HostedWorld world, HostedProcess process)
    {
        (await process.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, process.Log);
        foreach (var message in await world.ReceiveAsync("shop-evaluate"))
        {
            (await process.PostAsync("Evaluate", HostPosts.Queue(message))).ShouldBe(HttpStatusCode.OK, process.Log);
        }
    }

    /// <summary>Every file beside the program, with its size and when it was written.</summary>
    private static List<string> Folder() =>
    [
        .. new DirectoryInfo(AppContext.BaseDirectory).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !file.FullName.Contains("TestResults", StringComparison.Ordinal))
            .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal),
    ];
}
