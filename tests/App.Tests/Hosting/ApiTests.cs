using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.App.Tests.Local.Triggers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using CallAnswer = ScaleFunctions.App.Hosting.Api.ApiAnswer;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class ApiTests
{
    private const string Handle = """{"by":"ann","reason":"a test"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_the_targets_with_what_is_wanted_and_why()
    {
        await using var handler = await TickedAsync();

        var answer = await GetAsync(handler, "api/v1/targets");

        var targets = answer.Json.GetProperty("targets").EnumerateArray().ToList();
        Assert.Equal(["api", "web"], targets.Select(target => target.GetProperty("name").GetString()).Order());
        var web = targets.Single(target => target.GetProperty("name").GetString() == "web");
        Assert.Equal(RunningHandler.Web.Value, web.GetProperty("id").GetString());
        Assert.Equal(1, web.GetProperty("actions").GetInt32());
        Assert.True(web.GetProperty("desired").GetInt32() > 2);
        Assert.NotEqual("", web.GetProperty("reason").GetString());
        Assert.False(answer.Json.GetProperty("killSwitch").GetProperty("isSet").GetBoolean());
    }

    [Fact]
    public async Task Tells_the_latest_decision_on_each_target()
    {
        await using var handler = await TickedAsync();

        var decisions = (await GetAsync(handler, "api/v1/decisions")).Json.GetProperty("decisions").EnumerateArray().ToList();

        Assert.Equal(2, decisions.Count);
        Assert.All(decisions, each => Assert.NotEqual("", each.GetProperty("decision").GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("WEB")]
    [InlineData("/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web")]
    [InlineData("subscriptions%2F00000000-0000-4000-8000-000000000001%2FresourceGroups%2Fshop%2Fproviders%2FMicrosoft.Compute%2FvirtualMachineScaleSets%2Fweb")]
    public async Task Says_why_of_a_target_by_its_name_or_id(string name)
    {
        await using var handler = await TickedAsync();

        var answer = await GetAsync(handler, $"api/v1/why/{name}");

        Assert.Equal("web", answer.Json.GetProperty("name").GetString());
        Assert.NotEmpty(answer.Json.GetProperty("decisions").EnumerateArray());
    }

    [Theory]
    [InlineData("api/v1/why/nobody")]
    [InlineData("api/v1/why/")]
    [InlineData("api/v1/nothing")]
    [InlineData("api/v1")]
    public async Task What_is_not_there_is_a_problem_of_404(string path)
    {
        await using var handler = await RunningHandler.StartAsync();

        ShouldBeProblem(await SendAsync(handler, HttpMethod.Get, path), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Changes_come_in_pages_until_there_are_no_more()
    {
        await using var handler = await TickedAsync();

        var first = (await GetAsync(handler, "api/v1/changes?after=0")).Json;
        var last = first.GetProperty("last").GetInt64();
        Assert.NotEmpty(first.GetProperty("changes").EnumerateArray());
        var middle = first.GetProperty("changes")[0].GetProperty("position").GetInt64();
        var rest = (await GetAsync(handler, $"api/v1/changes?after={middle}")).Json;
        var none = (await GetAsync(handler, $"api/v1/changes?after={last}")).Json;

        Assert.Equal(first.GetProperty("changes").GetArrayLength() - 1, rest.GetProperty("changes").GetArrayLength());
        Assert.Equal(last, rest.GetProperty("last").GetInt64());
        Assert.Equal(0, none.GetProperty("changes").GetArrayLength());
        Assert.Equal(last, none.GetProperty("last").GetInt64());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?after=")]
    [InlineData("?after=-1")]
    [InlineData("?after=1.5")]
    [InlineData("?after=x")]
    [InlineData("?after=99999999999999999999")]
    [InlineData("?after=1&after=2")]
    public async Task A_bad_position_is_a_bad_request(string query)
    {
        await using var handler = await RunningHandler.StartAsync();

        ShouldBeProblem(await SendAsync(handler, HttpMethod.Get, $"api/v1/changes{query}"), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("api/v1/targets")]
    [InlineData("api/v1/decisions")]
    [InlineData("api/v1/why/web")]
    [InlineData("api/v1/changes?after=0")]
    public async Task What_has_not_changed_is_not_sent_again_however_much_time_has_passed(string path)
    {
        await using var handler = await TickedAsync();
        var first = await GetAsync(handler, path);
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromSeconds(10), Cancellation);

        var same = await SendAsync(handler, HttpMethod.Get, path, known: first.ETag);
        await PostAsync(handler, "api/v1/pause/web", Handle, "k1");
        var other = await SendAsync(handler, HttpMethod.Get, path, known: first.ETag);

        Assert.Equal(HttpStatusCode.NotModified, same.Status);
        Assert.Equal("", same.Body);
        Assert.Equal(first.ETag, same.ETag);
        if (path != "api/v1/decisions")
        {
            Assert.Equal(HttpStatusCode.OK, other.Status);
            Assert.NotEqual(first.ETag, other.ETag);
        }
    }

    [Fact]
    public async Task Reading_changes_nothing()
    {
        await using var handler = await TickedAsync();
        var before = await StateAsync(handler);

        foreach (var path in new[] { "", "api/v1/targets", "api/v1/decisions", "api/v1/why/web", "api/v1/changes?after=0", "api/v1/journal", "api/v1/history/web", "api/v1/series/web", "api/v1/forecast/web", "dashboard/", "api/v1/pause/web", "api/v1/kill-switch/set" })
        {
            await SendAsync(handler, HttpMethod.Get, path);
        }

        Assert.Equal(before, await StateAsync(handler));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"targets":null}""")]
    [InlineData("""{"act":false,"targets":[]}""")]
    public async Task An_evaluation_changes_nothing_unless_asked_to(string body)
    {
        await using var handler = await RunningHandler.StartAsync();
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(6), Cancellation);
        var before = await StateAsync(handler);

        var answer = await PostAsync(handler, "api/v1/evaluate", body, key: null);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False(answer.Json.GetProperty("acted").GetBoolean());
        Assert.Equal(2, answer.Json.GetProperty("targets").GetArrayLength());
        Assert.Contains(answer.Json.GetProperty("targets").EnumerateArray(), line => line.GetProperty("outcome").GetString() == "scale out");
        Assert.Equal(before, await StateAsync(handler));
    }

    [Fact]
    public async Task An_evaluation_looks_at_no_more_than_was_asked_for()
    {
        await using var handler = await RunningHandler.StartAsync();
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(6), Cancellation);

        var answer = await PostAsync(handler, "api/v1/evaluate", $$"""{"targets":["API","{{RunningHandler.Api.Value}}"]}""", key: null);

        Assert.Equal("api", Assert.Single(answer.Json.GetProperty("targets").EnumerateArray()).GetProperty("target").GetString());
    }

    [Theory]
    [InlineData("""{"targets":["nobody"]}""")]
    [InlineData("""{"act":true,"targets":["web","nobody"]}""")]
    public async Task An_evaluation_of_a_target_nobody_knows_is_a_problem_of_404_and_changes_nothing(string body)
    {
        await using var handler = await RunningHandler.StartAsync();
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(6), Cancellation);

        var answer = await PostAsync(handler, "api/v1/evaluate", body, "k");

        ShouldBeProblem(answer, HttpStatusCode.NotFound);
        Assert.Contains("'nobody'", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(handler.Sandbox.Writes.All);
    }

    [Fact]
    public async Task An_evaluation_that_acts_raises_once_for_a_key()
    {
        await using var handler = await RunningHandler.StartAsync();
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(6), Cancellation);
        const string Call = """{"act":true,"targets":["web"]}""";

        var first = await PostAsync(handler, "api/v1/evaluate", Call, "raise-1");
        var again = await PostAsync(handler, "api/v1/evaluate", Call, "raise-1");

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(1, first.Json.GetProperty("writes").GetInt32());
        Assert.Equal(first.Body, again.Body);
        var write = Assert.Single(handler.Sandbox.Writes.All);
        Assert.Equal(RunningHandler.Web.Value, write.Path);
        Assert.True(write.CapacityAfter > 2);
    }

    [Fact]
    public async Task The_kill_switch_holds_for_an_evaluation_that_acts()
    {
        await using var handler = await RunningHandler.StartAsync();
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(6), Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(handler, "api/v1/kill-switch/set", Handle, "set")).Status);

        var answer = await PostAsync(handler, "api/v1/evaluate", """{"act":true}""", "act");

        Assert.Equal(0, answer.Json.GetProperty("writes").GetInt32());
        Assert.Empty(handler.Sandbox.Writes.All);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(handler, "api/v1/approvals/kill-switch/clear", Handle, "clear")).Status);
        Assert.Equal(1, (await PostAsync(handler, "api/v1/evaluate", """{"act":true}""", "act-2")).Json.GetProperty("writes").GetInt32());
    }

    [Fact]
    public async Task A_target_has_other_bounds_for_a_while()
    {
        await using var handler = await TickedAsync();

        var given = await PostAsync(handler, "api/v1/override/set/web", """{"by":"ann","reason":"launch","minutes":30,"minimum":12}""", "o");
        Assert.Equal(handler.Sandbox.Clock.GetUtcNow().AddMinutes(30), given.Json.GetProperty("until").GetDateTimeOffset());
        Assert.Equal(12, (await GetAsync(handler, "api/v1/why/web")).Json.GetProperty("override").GetProperty("minimum").GetInt32());
        await PostAsync(handler, "api/v1/override/end/web", Handle, "e");
        Assert.Equal(JsonValueKind.Null, (await GetAsync(handler, "api/v1/why/web")).Json.GetProperty("override").ValueKind);
        ShouldBeProblem(await PostAsync(handler, "api/v1/override/set/web", """{"by":"ann","reason":"launch","minimum":12}""", "o2"), HttpStatusCode.BadRequest);
        ShouldBeProblem(await PostAsync(handler, "api/v1/override/set/web", """{"by":"ann","reason":"launch","minutes":30}""", "o3"), HttpStatusCode.BadRequest);
        ShouldBeProblem(await PostAsync(handler, "api/v1/override/set/nobody", """{"by":"ann","reason":"launch","minutes":30,"minimum":12}""", "o4"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_target_is_kept_on_in_off_hours_for_a_while()
    {
        await using var handler = await TickedAsync();
        var snoozed = await PostAsync(handler, "api/v1/snooze/set/web", """{"by":"ann","reason":"a test","minutes":30}""", "s");
        Assert.Equal(handler.Sandbox.Clock.GetUtcNow().AddMinutes(30), snoozed.Json.GetProperty("until").GetDateTimeOffset());
        ShouldBeProblem(await PostAsync(handler, "api/v1/snooze/set/web", Handle, "s2"), HttpStatusCode.BadRequest);
        ShouldBeProblem(await PostAsync(handler, "api/v1/snooze/set/web", """{"by":"ann","reason":"a test","minutes":10081}""", "s3"), HttpStatusCode.BadRequest);
        ShouldBeProblem(await PostAsync(handler, "api/v1/snooze/set/nobody", """{"by":"ann","reason":"a test","minutes":30}""", "s4"), HttpStatusCode.NotFound);
        ShouldBeProblem(await PostAsync(handler, "api/v1/wake/web", """{"by":"ann","reason":"a test"}""", "w1"), HttpStatusCode.Conflict);
        ShouldBeProblem(await PostAsync(handler, "api/v1/wake/web", """{"by":"ann","reason":"a test","minutes":10081}""", "w2"), HttpStatusCode.BadRequest);
        ShouldBeProblem(await PostAsync(handler, "api/v1/wake/nobody", """{"by":"ann","reason":"a test"}""", "w3"), HttpStatusCode.NotFound);
        Assert.Contains("put off in off-hours again", (await PostAsync(handler, "api/v1/snooze/end/web", Handle, "s5")).Json.GetProperty("what").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_is_paused_for_a_while_and_resumed()
    {
        await using var handler = await TickedAsync();

        var paused = await PostAsync(handler, "api/v1/pause/web", """{"by":"ann","reason":"a test","minutes":30}""", "p");
        Assert.Equal(handler.Sandbox.Clock.GetUtcNow().AddMinutes(30), paused.Json.GetProperty("until").GetDateTimeOffset());
        var pause = (await GetAsync(handler, "api/v1/why/web")).Json.GetProperty("pause");
        Assert.Equal("ann", pause.GetProperty("by").GetString());

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(handler, "api/v1/resume/web", Handle, "r")).Status);
        Assert.Equal(JsonValueKind.Null, (await GetAsync(handler, "api/v1/why/web")).Json.GetProperty("pause").ValueKind);
        ShouldBeProblem(await PostAsync(handler, "api/v1/pause/nobody", Handle, "n"), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"by":"ann","reason":"a test"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"by":"ann","reason":"a test","minutes":61}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"by":"ann","reason":"a test","minutes":0}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"by":"ann","reason":"a test","minutes":60}""", HttpStatusCode.OK)]
    public async Task Lowerings_are_approved_for_an_hour_at_most(string body, HttpStatusCode status)
    {
        await using var handler = await RunningHandler.StartAsync();

        var answer = await PostAsync(handler, "api/v1/approvals/lowerings", body, "a");

        Assert.Equal(status, answer.Status);
        var fleet = await Store(handler).ReadFleetAsync(Cancellation);
        Assert.Equal(status == HttpStatusCode.OK ? RunningHandler.Start.AddHours(1) : null, fleet.Approval?.Until);
    }

    [Theory]
    [InlineData("api/v1/kill-switch/set", """{"by":"ann"}""")]
    [InlineData("api/v1/kill-switch/set", """{"by":"","reason":"x"}""")]
    [InlineData("api/v1/kill-switch/set", """{"by":null,"reason":"x"}""")]
    [InlineData("api/v1/kill-switch/set", """{"by":"ann","reason":"x","minutes":-1}""")]
    [InlineData("api/v1/kill-switch/set", """{"by":"ann","reason":"x","extra":1}""")]
    [InlineData("api/v1/kill-switch/set", """{"by":"ann","reason":"x"} {}""")]
    [InlineData("api/v1/kill-switch/set", "null")]
    [InlineData("api/v1/kill-switch/set", "[]")]
    [InlineData("api/v1/kill-switch/set", "{")]
    [InlineData("api/v1/kill-switch/set", "{\"by\":\"\\ud800\",\"reason\":\"x\"}")]
    [InlineData("api/v1/evaluate", """{"Akt":true}""")]
    [InlineData("api/v1/evaluate", """{"act":"yes"}""")]
    [InlineData("api/v1/evaluate", """{"targets":[7]}""")]
    public async Task A_body_that_is_not_as_expected_is_a_bad_request_and_changes_nothing(string path, string body)
    {
        await using var handler = await RunningHandler.StartAsync();
        var before = await StateAsync(handler);

        ShouldBeProblem(await PostAsync(handler, path, body, "k"), HttpStatusCode.BadRequest);

        Assert.Equal(before, await StateAsync(handler));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_more_than_16_kibibytes_is_too_large(bool isChunked)
    {
        await using var handler = await RunningHandler.StartAsync();

        ShouldBeProblem(
            await PostAsync(handler, "api/v1/kill-switch/set", Handle.PadRight((16 * 1024) + 1), "k", isChunked), HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(handler, "api/v1/kill-switch/set", Handle.PadRight(16 * 1024), "k", isChunked)).Status);
    }

    public static TheoryData<string?> BadKeys => new(null, "", "with blank", "tab\tbed", new string('x', 201));

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task A_change_without_a_usable_key_is_a_bad_request(string? key)
    {
        await using var handler = await RunningHandler.StartAsync();

        ShouldBeProblem(await PostAsync(handler, "api/v1/kill-switch/set", Handle, key), HttpStatusCode.BadRequest);
        ShouldBeProblem(await PostAsync(handler, "api/v1/evaluate", """{"act":true}""", key), HttpStatusCode.BadRequest);

        Assert.False((await Store(handler).ReadFleetAsync(Cancellation)).KillSwitch.IsSet);
    }

    [Fact]
    public async Task The_same_call_under_a_key_gets_the_stored_answer_and_another_one_is_refused()
    {
        await using var handler = await TickedAsync();
        var first = await PostAsync(handler, "api/v1/pause/web", """{"by":"ann","reason":"a test","minutes":5}""", "k");
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(2), Cancellation);

        var again = await PostAsync(handler, "api/v1/pause/web", """{"by":"ann","reason":"a test","minutes":5}""", "k");

        Assert.Equal(first.Body, again.Body);
        ShouldBeProblem(await PostAsync(handler, "api/v1/pause/web", """{"by":"ann","reason":"a test","minutes":9}""", "k"), HttpStatusCode.UnprocessableEntity);
        ShouldBeProblem(await PostAsync(handler, "api/v1/pause/api", """{"by":"ann","reason":"a test","minutes":5}""", "k"), HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_call_that_was_refused_can_be_made_again_under_its_key_when_the_reason_is_gone()
    {
        await using var handler = await RunningHandler.StartAsync();
        ShouldBeProblem(await PostAsync(handler, "api/v1/pause/web", Handle, "k"), HttpStatusCode.NotFound);
        await TickAsync(handler);

        ShouldBeProblem(await PostAsync(handler, "api/v1/pause/web", """{"by":"bob","reason":"another"}""", "k"), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(handler, "api/v1/pause/web", Handle, "k")).Status);
    }

    [Fact]
    public async Task A_call_whose_kept_answer_is_damaged_is_made_again_under_its_key()
    {
        await using var handler = await TickedAsync();
        var first = await PostAsync(handler, "api/v1/pause/web", Handle, "k");
        var documents = handler.Services.GetRequiredService<IDocumentStore>();
        var kept = (await documents.ReadDocumentAsync("idempotency", "k", Cancellation))!;
        await documents.WriteDocumentAsync(kept with { Json = "{" }, Cancellation);

        Assert.Equal((HttpStatusCode.OK, first.Body), (first.Status, (await PostAsync(handler, "api/v1/pause/web", Handle, "k")).Body));
    }

    [Fact]
    public async Task Two_keys_are_no_key()
    {
        await using var handler = await TickedAsync();

        // By hand: a client of .NET would send them as one.
        using var client = new TcpClient();
        await client.ConnectAsync(handler.Address.Host, handler.Address.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/pause/web HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {Handle.Length}\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n{Handle}"), Cancellation);
        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync(Cancellation);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("more than once", answer, StringComparison.Ordinal);
        Assert.All(await Store(handler).ReadTargetsAsync(Cancellation), row => Assert.Null(row.Pause));
    }

    [Theory]
    [InlineData("POST", "api/v1/targets", "GET")]
    [InlineData("PUT", "api/v1/targets", "GET")]
    [InlineData("GET", "api/v1/pause/web", "POST")]
    [InlineData("GET", "api/v1/evaluate", "POST")]
    [InlineData("DELETE", "api/v1/approvals/a-1/approve", "POST")]
    public async Task A_call_by_another_method_is_told_which_one(string method, string path, string allowed)
    {
        await using var handler = await RunningHandler.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await handler.Client.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, allowed), (response.StatusCode, string.Join(", ", response.Content.Headers.Allow)));
        Assert.Contains($"this call is made with {allowed}", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_whose_key_is_under_way_is_a_conflict()
    {
        await using var handler = await RunningHandler.StartAsync();
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(6), Cancellation);
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        handler.Sandbox.Observer = async (_, _) =>
        {
            arrived.TrySetResult();
            await go.Task.WaitAsync(Cancellation);
        };
        const string Call = """{"act":true}""";
        var first = PostAsync(handler, "api/v1/evaluate", Call, "k");
        await arrived.Task.WaitAsync(Cancellation);

        var second = await PostAsync(handler, "api/v1/evaluate", Call, "k");
        go.SetResult();

        ShouldBeProblem(second, HttpStatusCode.Conflict);
        var done = await first;
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal(done.Body, (await PostAsync(handler, "api/v1/evaluate", Call, "k")).Body);
        Assert.Single(handler.Sandbox.Writes.All);
    }

    [Fact]
    public async Task A_call_is_under_way_however_far_a_simulated_clock_runs_meanwhile()
    {
        await using var handler = await RunningHandler.StartAsync();
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(6), Cancellation);
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        handler.Sandbox.Observer = async (_, _) =>
        {
            arrived.TrySetResult();
            await go.Task.WaitAsync(Cancellation);
        };
        const string Call = """{"act":true}""";
        var first = PostAsync(handler, "api/v1/evaluate", Call, "k");
        await arrived.Task.WaitAsync(Cancellation);
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(10), Cancellation);

        var second = await PostAsync(handler, "api/v1/evaluate", Call, "k");
        go.SetResult();

        ShouldBeProblem(second, HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
        Assert.Single(handler.Sandbox.Writes.All);
    }

    [Fact]
    public async Task A_call_whose_process_died_can_be_made_again_after_a_minute_on_the_wall()
    {
        await using var handler = await RunningHandler.StartAsync();
        var wall = new Wall { Now = RunningHandler.Start };
        var calls = new IdempotentCalls(handler.Services.GetRequiredService<IDocumentStore>(), handler.Sandbox.Clock, wall);
        _ = calls.OnceAsync("k", "call", _ => new TaskCompletionSource<CallAnswer>().Task, Cancellation);

        wall.Now += TimeSpan.FromSeconds(59);
        Assert.Equal(409, (await calls.OnceAsync("k", "call", _ => Task.FromResult(Done), Cancellation)).Status);
        wall.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(200, (await calls.OnceAsync("k", "call", _ => Task.FromResult(Done), Cancellation)).Status);
    }

    private sealed class Wall : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private static readonly CallAnswer Done = CallAnswer.Ok(new HandleAnswer("done", null), ApiJson.Default.HandleAnswer);

    [Fact]
    public async Task A_call_that_failed_can_be_made_again_at_once_under_its_key_and_no_other_can()
    {
        await using var handler = await RunningHandler.StartAsync(services =>
        {
            var real = services.Last(service => service.ServiceType == typeof(IPolicySource)).ImplementationFactory!;
            services.AddSingleton<IPolicySource>(provider => new FailsOnce((IPolicySource)real(provider)));
        });
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(6), Cancellation);
        const string Call = """{"act":true}""";

        ShouldBeProblem(await PostAsync(handler, "api/v1/evaluate", Call, "k"), HttpStatusCode.InternalServerError);
        ShouldBeProblem(await PostAsync(handler, "api/v1/evaluate", """{"act":true,"targets":["web"]}""", "k"), HttpStatusCode.UnprocessableEntity);
        var done = await PostAsync(handler, "api/v1/evaluate", Call, "k");

        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal(1, done.Json.GetProperty("writes").GetInt32());
    }

    [Fact]
    public async Task A_slow_Azure_is_a_problem_of_503_at_the_deadline()
    {
        await using var handler = await RunningHandler.StartAsync(
            services => services.AddSingleton(new TriggerOptions { ApiDeadline = TimeSpan.FromMilliseconds(500) }));
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(6), Cancellation);
        var go = new TaskCompletionSource();
        handler.Sandbox.Observer = async (_, _) => await go.Task.WaitAsync(Cancellation);

        var answer = await PostAsync(handler, "api/v1/evaluate", """{"act":true}""", "k");
        go.SetResult();

        ShouldBeProblem(answer, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(handler, "api/v1/targets")).Status);
    }

    private static IStateStore Store(RunningHandler handler) => handler.Services.GetRequiredService<IStateStore>();

    /// <summary>After a tick that scaled <c>web</c> out.</summary>
    private static async Task<RunningHandler> TickedAsync()
    {
        var handler = await RunningHandler.StartAsync();
        await TickAsync(handler);
        return handler;
    }

    private static async Task TickAsync(RunningHandler handler)
    {
        using var host = new LocalTriggerHost(
            handler.Address,
            FunctionFile.ReadAll(AppContext.BaseDirectory, LocalTriggerHostTests.AppSettings),
            handler.Services.GetRequiredService<IWorkSource>(),
            handler.Sandbox.Clock);
        await handler.Sandbox.Clock.AdvanceToAsync(RunningHandler.Start.AddMinutes(6), Cancellation);
        await host.StepAsync(Cancellation);
    }

    private static async Task<string> StateAsync(RunningHandler handler)
    {
        var rows = await Store(handler).ReadTargetsAsync(Cancellation);
        var fleet = await Store(handler).ReadFleetAsync(Cancellation);
        var changes = await handler.Services.GetRequiredService<IChangeFeed>().ReadChangesAsync(0, 1000, Cancellation);

        // The first look at the policies is journaled by whoever looks first, a read included.
        var told = changes.Count(change => change.Entry.Kind != Core.Journal.JournalKind.Policies);
        return $"{string.Join(' ', rows.Select(row => row.Version))} {fleet.KillSwitch} {fleet.Approval} {told} {handler.Sandbox.Writes.All.Count}";
    }

    private static async Task<ApiAnswer> GetAsync(RunningHandler handler, string path)
    {
        var answer = await SendAsync(handler, HttpMethod.Get, path);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.MediaType));
        return answer;
    }

    private static Task<ApiAnswer> PostAsync(RunningHandler handler, string path, string body, string? key, bool isChunked = false) =>
        SendAsync(handler, HttpMethod.Post, path, body, key, isChunked: isChunked);

    private static async Task<ApiAnswer> SendAsync(
        RunningHandler handler, HttpMethod method, string path, string? body = null, string? key = null, string? known = null, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            request.Headers.TransferEncodingChunked = isChunked;
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(known));
        }

        using var response = await handler.Client.SendAsync(request, Cancellation);
        return new ApiAnswer(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.ETag?.ToString(),
            await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static void ShouldBeProblem(ApiAnswer answer, HttpStatusCode status)
    {
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal((int)status, answer.Json.GetProperty("status").GetInt32());
        Assert.NotEqual("", answer.Json.GetProperty("detail").GetString());
    }

    private sealed class FailsOnce(IPolicySource real) : IPolicySource
    {
        private int _calls;

        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken) => _calls++ == 0
            ? throw new InvalidOperationException("broken")
            : real.CurrentAsync(cancellationToken);
    }

    private sealed record ApiAnswer(HttpStatusCode Status, string? MediaType, string? ETag, string Body)
    {
        public JsonElement Json => JsonElement.Parse(Body);
    }
}
