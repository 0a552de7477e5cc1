using System.Net.NetworkInformation;
using System.Text.Json;

namespace ScaleFunctions.App.Tests.Local;

public sealed class LocalAddressTests
{
    [Fact]
    public async Task Listens_on_loopback_only_whatever_the_environment_says()
    {
        await using var place = new Workplace();
        var serve = place.Start(
            ["serve", "--port", "0", "--speed", "600"],
            new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = "http://0.0.0.0:0",
                ["DOTNET_URLS"] = "http://0.0.0.0:0",
                ["ASPNETCORE_HTTP_PORTS"] = "0",
                ["Kestrel__Endpoints__Open__Url"] = "http://0.0.0.0:0",
            });
        var (note, _) = await serve.NoteAsync(line => line.Contains("address http://", StringComparison.Ordinal));
        await serve.LineAsync(line => Workplace.Decision().IsMatch(line) && line.Contains(" portal ", StringComparison.Ordinal));
        var address = new Uri(note[note.IndexOf("http://", StringComparison.Ordinal)..]);

        Assert.Equal("127.0.0.1", address.Host);
        using var client = new HttpClient();
        Assert.Equal("{}", await client.GetStringAsync(address, TestContext.Current.CancellationToken));
        using var targets = JsonDocument.Parse(
            await client.GetStringAsync(new Uri(address, "api/v1/targets"), TestContext.Current.CancellationToken));
        Assert.Equal(["api", "web", "worker", "portal"], targets.RootElement.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("name").GetString()));
        Assert.All(
            IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == address.Port),
            listener => Assert.Equal("127.0.0.1", listener.Address.ToString()));
        Assert.SkipUnless(Directory.Exists($"/proc/{serve.Id}/fd"), "the sockets of a process are read from /proc");
        Assert.All(Listening(serve.Id), listener => Assert.Equal("0100007F", listener));
    }

    /// <summary>The addresses a process listens on, as the kernel writes them: 127.0.0.1 is 0100007F.</summary>
    private static List<string> Listening(int process)
    {
        var sockets = Directory.GetFiles($"/proc/{process}/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(link => link.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(link => link["socket:[".Length..^1])
            .ToHashSet();
        var listening = new[] { "tcp", "tcp6" }
            .SelectMany(table => File.ReadLines($"/proc/{process}/net/{table}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && sockets.Contains(fields[9]))
            .Select(fields => fields[1].Split(':')[0])
            .ToList();
        Assert.NotEmpty(listening);
        return listening;
    }
}
