using System.Net;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Security.Tests;

/// <summary>A secret in every place that has one, and a search for it in everything the program says or keeps.</summary>
public sealed class CanaryTests
{
    /// <summary>A text that nothing but a planted secret holds.</summary>
    private const string Canary = "CANARY7f3a";

    /// <summary>Channels whose addresses and keys are secrets, each of a kind.</summary>
    private const string Channels =
        """
        apiVersion: scalefunctions/v1
        kind: AlertChannels
        metadata: { name: alert-channels }
        spec:
          channels:
            - { name: chat, type: slack, setting: ALERT_CHAT }
            - { name: hook, type: webhook, setting: ALERT_HOOK, keySetting: ALERT_HOOK_KEY }
          default: [chat, hook]
        """;

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["ALERT_CHAT"] = $"https://hooks.example.com/services/{Canary}-chat",
        ["ALERT_HOOK"] = $"https://127.0.0.1:9/{Canary}-path?sig={Canary}-sig",
        ["ALERT_HOOK_KEY"] = $"{Canary}-key-0123456789-0123456789-0123456789",
        ["AZURE_CLIENT_SECRET"] = $"{Canary}-client",
        ["MSI_SECRET"] = $"{Canary}-msi",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = $"api-key={Canary}-collector",
        ["AzureWebJobsStorage"] = $"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={Canary}",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_is_in_the_log_the_answers_the_page_the_tables_or_the_queues()
    {
        await using var world = await HostedWorld.StartAsync();
        foreach (var (name, value) in Settings)
        {
            world.Environment[name] = value;
        }

        await File.WriteAllTextAsync(Path.Combine(world.Environment["ScaleFunctions__Policies"]!, "alert-channels.yml"), Channels, Cancellation);
        world.Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(403, "AuthorizationFailed"), Method = "PATCH" });
        await using var process = world.StartProcess();
        await process.ReadyAsync();
        var heard = new StringBuilder();

        (await process.PostAsync("ScaleTick", HostPosts.TimerTriedAgain.Replace("CANARY", Canary, StringComparison.Ordinal))).ShouldBe(HttpStatusCode.OK, process.Log);
        foreach (var message in await world.ReceiveAsync("shop-evaluate"))
        {
            (await process.PostAsync("Evaluate", HostPosts.Queue(message))).ShouldBe(HttpStatusCode.OK, process.Log);
        }

        foreach (var function in new[] { "ScaleTick", "Evaluate", "Verify", "ResourceEvent", "BudgetEvent", "Budget", "CostTick", "AlertTick" })
        {
            heard.AppendLine((await process.PostAsync(function, HostPosts.HttpWithKeys.Replace("CANARY", Canary, StringComparison.Ordinal))).Body);
            heard.AppendLine((await process.PostAsync(function, $$$"""{"Data":{"item":"{{{Canary}}}-half""")).Body);
        }

        await CallAsync(process, heard);

        Assert.InRange(heard.Length, 5_000, int.MaxValue);
        Search(world, process, "the answers", heard.ToString());
        Search(world, process, "the log", process.Log);
        Search(world, process, "the tables", await TablesAsync(world.Environment["StateStorage"]!));
        Search(world, process, "the queues", await QueuesAsync(world.Environment["WorkStorage"]!));
    }

    [Fact]
    public async Task No_secret_is_in_what_the_local_mode_prints_keeps_or_backs_up()
    {
        await using var place = new Workplace();
        place.Write("policies/alert-channels.yml", Channels);
        var settings = Settings.ToDictionary();

        var ran = await place.Start(["--duration", "20m", "--port", "0", "--speed", "0", "--state", "st", "--scenario", "overspend"], settings).EndAsync();
        Assert.Equal(0, ran.ExitCode);
        var backup = await place.Start(["state", "backup", "copy.db", "--state", "st"], settings).EndAsync();
        var history = await place.Start(["history", "--state", "st", "--format", "json"], settings).EndAsync();
        Assert.Equal(0, backup.ExitCode);

        foreach (var printed in new[] { ran, backup, history })
        {
            Assert.DoesNotContain(Canary, printed.Output + printed.Error, StringComparison.Ordinal);
        }

        var files = new DirectoryInfo(place.Path).GetFiles("*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.Name == "copy.db" && file.Length > 10_000);
        Assert.All(files, file => Assert.False(File.ReadAllBytes(file.FullName).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Canary)) >= 0, file.FullName));
    }

    /// <summary>Calls of all kinds, each with keys and tokens where callers put them.</summary>
    private static async Task CallAsync(HostedProcess process, StringBuilder heard)
    {
        foreach (var (method, path) in new[]
        {
            ("GET", "api/v1/targets"), ("GET", "api/v1/why/web"), ("GET", "api/v1/journal"), ("GET", "api/v1/history/web"), ("GET", "api/v1/changes"), ("GET", "api/v1/alerts"), ("GET", "api/v1/approvals"),
            ("GET", "api/v1/budgets"), ("GET", "api/v1/costs"), ("GET", "api/v1/costs/self"), ("GET", "api/v1/findings"), ("GET", "api/v1/left-alone"), ("GET", "api/v1/nothing"), ("GET", "healthz"), ("GET", "dashboard/"),
            ("GET", "dashboard/main.js"), ("GET", "nothing"), ("POST", "api/v1/evaluate"), ("POST", "api/v1/pause/web"), ("POST", "api/v1/kill-switch/set"), ("POST", "hooks/budget"), ("POST", "nothing"),
        })
        {
            using var call = new HttpRequestMessage(new HttpMethod(method), $"{path}?code={Canary}-query&sig={Canary}-sig");
            call.Headers.Add("x-functions-key", $"{Canary}-function-key");
            call.Headers.Add("Authorization", $"Bearer {Canary}-token");
            call.Headers.Add("Cookie", $"AppServiceAuthSession={Canary}-cookie");
            call.Headers.Add("X-MS-TOKEN-AAD-ACCESS-TOKEN", $"{Canary}-access");
            call.Headers.Add("Referer", $"https://portal.example/?code={Canary}-referer");
            call.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            call.Content = method == "POST" ? new StringContent(Body(path), Encoding.UTF8, "application/json") : null;
            using var answer = await process.Client.SendAsync(call, Cancellation);
            heard.AppendLine(answer.ToString()).AppendLine(await answer.Content.ReadAsStringAsync(Cancellation));
        }
    }

    /// <summary>With a field that nobody knows. What comes to the webhook of budgets and is not understood is kept for a person, whole, so nothing is planted there.</summary>
    private static string Body(string path) =>
        path == "hooks/budget" ? """{"by":"ann"}""" : $$"""{"by":"ann","reason":"a test","token":"{{Canary}}-unknown"}""";

    /// <summary>The canary, and the secrets that the world around the program has itself.</summary>
    private static void Search(HostedWorld world, HostedProcess process, string place, string text)
    {
        var key = world.Environment["StateStorage"]!.Split(';').First(part => part.StartsWith("AccountKey=", StringComparison.Ordinal))["AccountKey=".Length..];
        foreach (var secret in new[] { Canary, IdentityEndpoint.Secret, key, "Bearer " })
        {
            var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
            Assert.True(at < 0, at < 0 ? "" : $"{secret} is in {place}: {text.Substring(Math.Max(0, at - 200), Math.Min(400, text.Length - Math.Max(0, at - 200)))}\n{process.Log.Length} characters were logged");
        }
    }

    private static async Task<string> TablesAsync(string connection)
    {
        var text = new StringBuilder();
        var service = new TableServiceClient(connection);
        await foreach (var table in service.QueryAsync(cancellationToken: Cancellation))
        {
            await foreach (var entity in service.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                text.AppendJoin('\n', entity.Select(member => $"{member.Key}={(member.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : member.Value)}")).AppendLine();
            }
        }

        Assert.Contains("/virtualMachineScaleSets/web", text.ToString(), StringComparison.OrdinalIgnoreCase);
        return text.ToString();
    }

    private static async Task<string> QueuesAsync(string connection)
    {
        var text = new StringBuilder();
        var service = new QueueServiceClient(connection);
        await foreach (var queue in service.GetQueuesAsync(cancellationToken: Cancellation))
        {
            foreach (var message in (await service.GetQueueClient(queue.Name).PeekMessagesAsync(32, Cancellation)).Value)
            {
                text.AppendLine(message.MessageText).AppendLine(Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)));
            }
        }

        return text.ToString();
    }
}
